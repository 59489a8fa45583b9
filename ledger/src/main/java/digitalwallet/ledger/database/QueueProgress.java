package digitalwallet.ledger.database;

import digitalwallet.ledger.Digest;
import digitalwallet.ledger.DigestKey;
import java.util.UUID;

/**
 * A stretch of a queue's partition that is processed with a batch.
 *
 * @param topicId a topic that is made again has another one
 * @param from the offset up to which it was processed before
 * @param to the offset of the first message that is not processed
 */
public record QueueProgress(UUID topicId, int partition, long from, long to) {

    /**
     * Begins a query with {@code each (topic_id, partition)}: the partitions that have positions,
     * found by the key, so that it does not grow with the table.
     */
    public static final String EACH_PARTITION =
            """
            WITH RECURSIVE each (topic_id, partition) AS (
                (SELECT topic_id, partition FROM queue_position
                 ORDER BY topic_id, partition LIMIT 1)
                UNION ALL
                SELECT q.topic_id, q.partition FROM each e CROSS JOIN LATERAL (
                    SELECT topic_id, partition FROM queue_position
                    WHERE (topic_id, partition) > (e.topic_id, e.partition)
                    ORDER BY topic_id, partition LIMIT 1) q)
            """;

    /**
     * The seal that this is committed with.
     *
     * @param hash of the block it is committed with
     */
    public UUID seal(DigestKey key, byte[] hash) {
        return key.seal(
                new Digest()
                        .text("queue_position")
                        .id(topicId)
                        .number(partition)
                        .number(from)
                        .number(to)
                        .bytes(hash));
    }
}
