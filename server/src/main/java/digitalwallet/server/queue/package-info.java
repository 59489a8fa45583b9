/**
 * Commands through Kafka: sent for callers who do not wait, and taken in from the topic by the
 * instance that has the partition.
 *
 * <pre>
 *   CommandQueue ──► wallet.commands ──► QueueConsumer ──► Intake (a partition) ──► Feed of the engine
 *                                                             └─► DeadLetters ──► wallet.commands.dead
 * </pre>
 */
@NullMarked
package digitalwallet.server.queue;

import org.jspecify.annotations.NullMarked;
