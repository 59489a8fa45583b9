/**
 * The data folder of one local wallet: who works on it right now (a file lock), which version it
 * has, and what runs on it.
 *
 * <pre>
 *  version            of this layout
 *  lock               held by the process that works on the folder; nothing else decides that
 *  running            what the holder of the lock has to say: its process, its address
 *  digest-key         0600
 *  queue-key          0600
 *  event-key          0600
 *  producers/  issuer/  postgres/  kafka/  log/  run/
 *  tmp/               what programs need only while they run
 * </pre>
 */
@NullMarked
package digitalwallet.local.folder;

import org.jspecify.annotations.NullMarked;
