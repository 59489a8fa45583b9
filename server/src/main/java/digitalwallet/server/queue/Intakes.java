package digitalwallet.server.queue;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.database.QueuePosition;
import digitalwallet.ledger.lane.Feed;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.ledger.reading.QueuePositions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens partitions where the books say; one whose messages are lost is not opened at all. */
final class Intakes {

    private static final Logger LOG = LoggerFactory.getLogger(Intakes.class);

    /** Messages that are fetched and not finished take a twelfth of the heap, or this. */
    private static final int HELD_SHARE = 12;

    private static final long HELD_BYTES_MAX = 32 << 20;

    private final PostingEngine engine;
    private final QueuePositions positions;
    private final Map<String, Source> sources;
    private final DeadLetters deadLetters;
    private final QueueMetrics metrics;
    private final HeldBytes held =
            new HeldBytes(Math.min(HELD_BYTES_MAX, Runtime.getRuntime().maxMemory() / HELD_SHARE));
    private final Set<Stopped> lost = new HashSet<>();

    /** A partition that stands still for good: its topic must be made again. */
    private record Stopped(UUID topicId, int partition) {}

    /** A topic and what its messages mean. */
    record Source(
            QueueTopic topic,
            Function<ConsumerRecord<byte[], byte[]>, List<List<Command>>> reader) {}

    Intakes(
            PostingEngine engine,
            QueuePositions positions,
            Map<String, Source> sources,
            DeadLetters deadLetters,
            QueueMetrics metrics) {
        this.engine = engine;
        this.positions = positions;
        this.sources = sources;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        metrics.held(held);
    }

    /**
     * Opens a partition and lets the consumer fetch from there; null when messages between the
     * position and the topic's first one are gone, which somebody has to look at.
     *
     * @param stalled whether its messages failed when it was open last
     * @throws QueueUnavailableException when the broker cannot be asked
     * @throws digitalwallet.ledger.database.ReadFailedException when the database cannot be
     */
    @Nullable Intake open(
            TopicPartition partition, Consumer<byte[], byte[]> consumer, boolean stalled) {
        var source = sources.get(partition.topic());
        if (source == null) {
            throw new IllegalStateException("a partition of a topic that nobody subscribed to");
        }
        var topicId = source.topic().id();
        noticeOthers(partition.topic(), topicId);
        var position = positions.position(topicId, partition.partition());
        if (isLost(partition, topicId, position.offset(), consumer)) {
            return null;
        }
        consumer.seek(partition, position.offset());
        LOG.info("{} goes on at offset {}", partition, position.offset());
        return new Intake(
                partition,
                topicId,
                feed(topicId, partition.partition(), position, stalled),
                source.reader(),
                deadLetters,
                held);
    }

    private Feed feed(UUID topicId, int partition, QueuePosition position, boolean stalled) {
        return stalled
                ? engine.openStalled(topicId, partition, position, metrics::settled)
                : engine.open(topicId, partition, position, metrics::settled);
    }

    /**
     * Whether its topic is still the one it was opened on.
     *
     * @throws QueueUnavailableException when the broker cannot be asked
     */
    boolean isCurrent(Intake intake) {
        var source = sources.get(intake.partition().topic());
        return source != null && source.topic().id().equals(intake.topicId());
    }

    private boolean isLost(
            TopicPartition partition,
            UUID topicId,
            long position,
            Consumer<byte[], byte[]> consumer) {
        var place = new Stopped(topicId, partition.partition());
        if (lost.contains(place)) {
            // It may have grown beyond the position again; what is below it would be skipped.
            return true;
        }
        var asked = List.of(partition);
        long first = consumer.beginningOffsets(asked).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(asked).getOrDefault(partition, 0L);
        boolean isLost = position < first || position > end;
        metrics.lost(partition, isLost);
        if (isLost) {
            lost.add(place);
            LOG.error(
                    "MESSAGES ARE LOST: {} is processed up to offset {}, but the topic has {} to"
                            + " {}; see docs/operations/disaster.md",
                    partition,
                    position,
                    first,
                    end);
        }
        return isLost;
    }

    private void noticeOthers(String name, UUID topicId) {
        var others = positions.remember(topicId, name);
        if (!others.isEmpty()) {
            LOG.warn(
                    "the topic {} has been made again as {}: it is processed from its first"
                            + " message; what was not processed of {} never will be",
                    name,
                    topicId,
                    others);
        }
    }
}
