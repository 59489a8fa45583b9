package digitalwallet.server.restored;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.messages.MalformedMessageException;
import digitalwallet.messages.Topic;
import digitalwallet.messages.WalletEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What {@code wallet.transactions} holds. A message that is not authentic is passed over. */
final class PublishedEvents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    // Of a transaction of the publisher, one offset of a partition is not a message.
    private static final long STEP = 16;
    private static final long STEP_FACTOR = 16;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AuthenticReader messages;
    private final List<TopicPartition> partitions;

    /**
     * An event and when it was published.
     *
     * @param at the message's own time
     * @param size of the message, in bytes
     */
    record Published(WalletEvent.Transaction transaction, Instant at, int size) {}

    private PublishedEvents(
            KafkaConsumer<byte[], byte[]> consumer,
            AuthenticReader messages,
            List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.messages = messages;
        this.partitions = partitions;
    }

    static PublishedEvents open(KafkaSettings settings, AuthenticReader messages) {
        var properties = settings.consumer();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            var partitions =
                    consumer.partitionsFor(Topic.TRANSACTIONS.word()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            // Without a position the consumer would ask for a committed one, and there is none.
            partitions.forEach(partition -> consumer.seek(partition, 0));
            return new PublishedEvents(consumer, messages, partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** The last event of each partition that has one. */
    List<Published> last() {
        var begins = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        var last = new ArrayList<Published>();
        for (var partition : partitions) {
            last(partition, at(begins, partition), at(ends, partition)).ifPresent(last::add);
        }
        return last;
    }

    private Optional<Published> last(TopicPartition partition, long begin, long end) {
        var last = new AtomicReference<Published>();
        long from = end;
        for (long step = STEP; last.get() == null && from > begin; step *= STEP_FACTOR) {
            from = Math.max(begin, end - step);
            read(Map.of(partition, from), Map.of(partition, end), last::set);
        }
        return Optional.ofNullable(last.get());
    }

    /** All events that were published at that time or later, each partition's in order. */
    void since(Instant time, Consumer<Published> sink) {
        var times =
                partitions.stream()
                        .collect(Collectors.toMap(each -> each, _ -> time.toEpochMilli()));
        var ends = consumer.endOffsets(partitions);
        var from = new HashMap<TopicPartition, Long>();
        consumer.offsetsForTimes(times)
                .forEach(
                        (partition, found) -> {
                            if (found != null) {
                                from.put(partition, found.offset());
                            }
                        });
        read(from, ends, sink);
    }

    private void read(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends,
            Consumer<Published> sink) {
        consumer.pause(partitions);
        from.forEach(consumer::seek);
        var open = new ArrayList<>(from.keySet());
        open.removeIf(partition -> from.getOrDefault(partition, 0L) >= at(ends, partition));
        consumer.resume(open);
        while (!open.isEmpty()) {
            for (var message : consumer.poll(POLL)) {
                var partition = new TopicPartition(message.topic(), message.partition());
                if (message.offset() < at(ends, partition)) {
                    event(message).ifPresent(sink);
                }
            }
            var done =
                    open.stream()
                            .filter(each -> consumer.position(each) >= at(ends, each))
                            .toList();
            consumer.pause(done);
            open.removeAll(done);
        }
    }

    private Optional<Published> event(ConsumerRecord<byte[], byte[]> message) {
        try {
            var event = WalletEvent.read(messages.read(message).event());
            return Optional.of(
                    new Published(
                            event.transaction(),
                            Instant.ofEpochMilli(message.timestamp()),
                            message.serializedValueSize()));
        } catch (MalformedMessageException _) {
            return Optional.empty();
        }
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
