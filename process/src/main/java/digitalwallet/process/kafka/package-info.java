/** What the environment says about Kafka, for each process that uses it. */
@NullMarked
package digitalwallet.process.kafka;

import org.jspecify.annotations.NullMarked;
