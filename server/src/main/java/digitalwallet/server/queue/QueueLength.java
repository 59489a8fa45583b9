package digitalwallet.server.queue;

import digitalwallet.ledger.reading.QueuePositions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the topic is as long as the books have processed it. One that was restored may be
 * shorter: what is put there is below the position, and would be skipped as processed. Senders of
 * all instances look before their first message, so that none fills the topic up for another.
 */
final class QueueLength {

    private static final Logger LOG = LoggerFactory.getLogger(QueueLength.class);
    private static final long PATIENCE_MILLIS = 4_000;
    private static final long TRUSTED_NANOS = Duration.ofSeconds(1).toNanos();

    private final Admin admin;
    private final QueueTopic topic;
    private final QueuePositions positions;
    private final QueueMetrics metrics;
    // Once a topic is long enough it stays so; another one has another id.
    private volatile @Nullable UUID longEnough;
    private String complaint = "";
    private long askedAt = System.nanoTime() - TRUSTED_NANOS;

    QueueLength(Admin admin, QueueTopic topic, QueuePositions positions, QueueMetrics metrics) {
        this.admin = admin;
        this.topic = topic;
        this.positions = positions;
        this.metrics = metrics;
    }

    /**
     * Makes sure that what is sent to the topic will be processed.
     *
     * @throws QueueUnavailableException when it would be skipped, or the broker does not answer
     * @throws digitalwallet.ledger.database.ReadFailedException when the database does not
     */
    void requireProcessed(UUID topicId) {
        if (metrics.hasLost()) {
            throw hasLost();
        }
        if (!topicId.equals(longEnough)) {
            look(topicId);
        }
    }

    private synchronized void look(UUID topicId) {
        if (topicId.equals(longEnough)) {
            return;
        }
        if (System.nanoTime() - askedAt > TRUSTED_NANOS) {
            askedAt = System.nanoTime();
            complain(shorter(topicId));
            if (complaint.isEmpty()) {
                longEnough = topicId;
                return;
            }
        }
        // Callers that waited for the same answer do not ask again, one after the other.
        throw complaint.isEmpty()
                ? new QueueUnavailableException("the broker does not answer")
                : hasLost();
    }

    private static QueueUnavailableException hasLost() {
        return new QueueUnavailableException("the queue has lost messages");
    }

    /** Names a partition that is shorter than what is processed of it; empty when none is. */
    private String shorter(UUID topicId) {
        try {
            var partitions = topic.partitions();
            // Before the ends: both grow.
            var processed =
                    partitions.stream()
                            .collect(
                                    Collectors.toMap(
                                            each -> each,
                                            each ->
                                                    positions
                                                            .position(topicId, each.partition())
                                                            .offset()));
            var ends = ends(partitions);
            return partitions.stream()
                    .filter(each -> processed.getOrDefault(each, 0L) > ends.getOrDefault(each, 0L))
                    .map(
                            each ->
                                    "%s is processed up to offset %d, but ends at %d"
                                            .formatted(each, processed.get(each), ends.get(each)))
                    .findFirst()
                    .orElse("");
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the broker does not answer", e);
            throw new QueueUnavailableException("the broker does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueueUnavailableException("interrupted");
        }
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        var asked =
                partitions.stream()
                        .collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest()));
        return admin
                .listOffsets(asked)
                .all()
                .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
    }

    /** Logs the same only once. */
    private void complain(String sentence) {
        if (!sentence.isEmpty() && !sentence.equals(complaint)) {
            LOG.error(
                    "MESSAGES ARE LOST: {}; nothing is queued; see docs/operations/disaster.md",
                    sentence);
        }
        complaint = sentence;
    }
}
