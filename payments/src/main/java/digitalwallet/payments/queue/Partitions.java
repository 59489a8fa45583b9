package digitalwallet.payments.queue;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.payments.store.WalletTransactions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * All partitions of the wallet's events, read from where the database says. Positions belong to the
 * topic's id: a topic that was made anew is read from its beginning.
 */
final class Partitions implements AutoCloseable {

    private static final long LOOK_NANOS = Duration.ofSeconds(5).toNanos();

    /** Events are compressed; so many of the largest are unpacked at once. */
    private static final int RECORDS_MAX = 50;

    private final Admin admin;
    private final String topicId;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> positions;
    private final Map<TopicPartition, Long> stored;

    private long lookedAt = System.nanoTime();

    private Partitions(
            Admin admin,
            String topicId,
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> positions) {
        this.admin = admin;
        this.topicId = topicId;
        this.consumer = consumer;
        this.positions = positions;
        stored = new HashMap<>(positions);
    }

    static Partitions open(KafkaSettings settings, WalletTransactions stored) {
        var admin = Admin.create(settings.admin());
        try {
            var described = describe(admin);
            var partitions =
                    described.partitions().stream()
                            .map(info -> new TopicPartition(described.name(), info.partition()))
                            .toList();
            return open(admin, described.topicId().toString(), partitions, settings, stored);
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private static TopicDescription describe(Admin admin) {
        var topic = WalletReader.topic();
        try {
            return Objects.requireNonNull(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Partitions open(
            Admin admin,
            String topicId,
            List<TopicPartition> partitions,
            KafkaSettings settings,
            WalletTransactions stored) {
        var properties = settings.consumer();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_MAX);
        var consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            var begins = consumer.beginningOffsets(partitions);
            begins.forEach(
                    (partition, begin) -> stored.begin(topicId, partition.partition(), begin));
            var known = stored.positions(topicId);
            var positions = new HashMap<TopicPartition, Long>();
            consumer.assign(partitions);
            for (var partition : partitions) {
                long position = Objects.requireNonNull(known.get(partition.partition()));
                consumer.seek(partition, position);
                positions.put(partition, position);
            }
            return new Partitions(admin, topicId, consumer, positions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Whether these are the topic's partitions still, as the broker said within the last seconds:
     * partitions can be added, and a topic can be made anew.
     */
    boolean areAll() {
        if (System.nanoTime() - lookedAt < LOOK_NANOS) {
            return true;
        }
        lookedAt = System.nanoTime();
        var now = describe(admin);
        return now.topicId().toString().equals(topicId)
                && now.partitions().size() == positions.size();
    }

    String topicId() {
        return topicId;
    }

    KafkaConsumer<byte[], byte[]> consumer() {
        return consumer;
    }

    /** Up to where it is read. */
    long position(TopicPartition partition) {
        return Objects.requireNonNull(positions.get(partition));
    }

    /** It is read up to there; there may be offsets without a record. */
    void read(TopicPartition partition, long next) {
        positions.put(partition, next);
    }

    /** Up to where the database says that it is read. */
    long stored(TopicPartition partition) {
        return Objects.requireNonNull(stored.get(partition));
    }

    /** What the database does not say yet. */
    Map<TopicPartition, Long> unstored() {
        var unstored = new HashMap<>(positions);
        unstored.entrySet().removeAll(stored.entrySet());
        return unstored;
    }

    /** The database says so with the transaction that runs. */
    void storedUpTo(TopicPartition partition, long next) {
        stored.put(partition, next);
    }

    @Override
    public void close() {
        consumer.close();
        admin.close(Duration.ZERO);
    }
}
