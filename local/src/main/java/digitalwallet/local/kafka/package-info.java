/**
 * A real Kafka as a child process of this machine: one node that is broker and controller, loopback
 * only.
 *
 * <pre>
 *  FOLDER/ports                the broker's and the controller's, chosen once
 *  FOLDER/data/                the cluster: its id, its metadata, the messages
 *  FOLDER/server.properties    written at every start
 *  FOLDER/log4j2.properties    written at every start
 *  FOLDER/tmp/                 native libraries while it runs
 *  FOLDER/kafka.log
 * </pre>
 *
 * <p>The folder is open to its owner alone. The broker's own programs are no part of this module's
 * class path: the build puts them beside its classes.
 */
@NullMarked
package digitalwallet.local.kafka;

import org.jspecify.annotations.NullMarked;
