package digitalwallet.ledger.posting;

import java.util.UUID;

/**
 * A stretch of a queue's partition that is processed with a batch.
 *
 * @param topicId a topic that is made again has another one
 * @param from the offset up to which it was processed before
 * @param to the offset of the first message that is not processed
 */
public record QueueProgress(UUID topicId, int partition, long from, long to) {}
