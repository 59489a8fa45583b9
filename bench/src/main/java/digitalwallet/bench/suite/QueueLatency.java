package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import digitalwallet.bench.load.QueuedCommands;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How long a command takes through Kafka into the books and, as an event, back through Kafka to a
 * service that follows the wallets, at a steady rate.
 */
final class QueueLatency {

    private static final int EVENTS_OF_TRANSFER = 2;
    private static final int UUID_LENGTH = 36;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final QueuedCommands commands;
    private final String bootstrap;
    private final Map<UUID, Long> dueAt = new ConcurrentHashMap<>();
    private final Histogram latencies = new Histogram(3);
    private int seen;

    QueueLatency(QueuedCommands commands, String bootstrap) {
        this.commands = commands;
        this.bootstrap = bootstrap;
    }

    /**
     * Sends transfers and waits for their events.
     *
     * @return nanoseconds from when a command was due to each of its events
     */
    Histogram measure(int perSecond, int seconds) throws Exception {
        try (var consumer = follower()) {
            var sender = Thread.ofPlatform().start(() -> send(perSecond, seconds));
            int expected = perSecond * seconds * EVENTS_OF_TRANSFER;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) + PATIENCE_NANOS;
            while (seen < expected) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "of %d events %d came".formatted(expected, seen));
                }
                for (var each : consumer.poll(POLL)) {
                    received(CloudEvent.read(each.value()).id(), System.nanoTime());
                }
                commands.requireNoFault();
            }
            sender.join();
        }
        return latencies;
    }

    private void send(int perSecond, int seconds) {
        long first = System.nanoTime();
        for (long i = 0; i < (long) perSecond * seconds; i++) {
            long due = first + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            var id = Books.newId();
            dueAt.put(id, due);
            commands.send(id);
        }
    }

    /** Events of earlier commands may still come; the id of an event begins with its command's. */
    private void received(String eventId, long now) {
        var due = dueAt.get(UUID.fromString(eventId.substring(0, UUID_LENGTH)));
        if (due != null) {
            latencies.recordValue(now - due);
            seen++;
        }
    }

    private KafkaConsumer<byte[], byte[]> follower() {
        var consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topic.TRANSACTIONS.word()).stream()
                        .map(each -> new TopicPartition(each.topic(), each.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }
}
