package digitalwallet.server.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.messages.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The messages that could not be processed, for the operators. Nothing is ever deleted: when a
 * letter is retried, one more message in the topic says so.
 */
public final class DeadLetterBox {

    private static final String PREFIX = "dead-";
    private static final String RETRIED = "dead-retried";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final TopicPartition PARTITION = new TopicPartition(Topic.DEAD.word(), 0);

    private final KafkaSettings kafka;

    /**
     * A letter.
     *
     * @param id its offset in the topic
     * @param headers of the dead letter by name, without their prefix: reason, detail, topic,
     *     partition, offset, time
     * @param key as text
     * @param message as text
     */
    public record Letter(long id, Map<String, String> headers, String key, String message) {}

    /**
     * Where a message was, and what it said: a topic that is made anew has the same places again.
     */
    private record Origin(String topic, String partition, String offset, int content) {

        static Origin of(ConsumerRecord<byte[], byte[]> letter) {
            return new Origin(
                    header(letter, PREFIX + "topic"),
                    header(letter, PREFIX + "partition"),
                    header(letter, PREFIX + "offset"),
                    Arrays.hashCode(letter.value()));
        }
    }

    public DeadLetterBox(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * The letters that were not retried, oldest first, each once. A message may be kept twice: a
     * server that dies after it has kept the letter, but before it has stored the queue position,
     * meets the same message again.
     *
     * @throws KafkaException when the broker cannot be asked
     */
    public List<Letter> letters() {
        var records = records();
        var retried = retried(records);
        var letters = new LinkedHashMap<Origin, ConsumerRecord<byte[], byte[]>>();
        var done = new HashSet<Origin>();
        for (var record : records) {
            if (isLetter(record)) {
                letters.putIfAbsent(Origin.of(record), record);
                if (retried.contains(record.offset())) {
                    done.add(Origin.of(record));
                }
            }
        }
        letters.keySet().removeAll(done);
        return letters.values().stream().map(DeadLetterBox::letter).toList();
    }

    /**
     * One of them, retried or not; empty when there is none with this id.
     *
     * @throws KafkaException when the broker cannot be asked
     */
    public Optional<Letter> letter(long id) {
        return find(id).map(DeadLetterBox::letter);
    }

    /**
     * Sends one again, as it came, to where it came from.
     *
     * @return false when there is none with this id
     * @throws KafkaException when the broker does not take it; then it may have been sent
     */
    public boolean retry(long id) {
        var found = find(id);
        if (found.isEmpty()) {
            return false;
        }
        var letter = found.get();
        var headers = new RecordHeaders();
        letter.headers()
                .forEach(
                        header -> {
                            if (!header.key().startsWith(PREFIX)) {
                                headers.add(header);
                            }
                        });
        var topic = header(letter, PREFIX + "topic");
        try (var producer = producer()) {
            send(
                    producer,
                    new ProducerRecord<>(topic, null, letter.key(), letter.value(), headers));
            var mark = new ProducerRecord<byte[], byte[]>(Topic.DEAD.word(), null, new byte[0]);
            mark.headers().add(RETRIED, Long.toString(id).getBytes(UTF_8));
            send(producer, mark);
        }
        return true;
    }

    private Optional<ConsumerRecord<byte[], byte[]>> find(long id) {
        return records().stream()
                .filter(record -> record.offset() == id && isLetter(record))
                .findFirst();
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        var properties = new HashMap<>(kafka.consumer());
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (consumer.position(PARTITION) < end) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }

    private static Set<Long> retried(List<ConsumerRecord<byte[], byte[]>> records) {
        var ids = new HashSet<Long>();
        for (var record : records) {
            if (!isLetter(record)) {
                ids.add(Long.parseLong(header(record, RETRIED)));
            }
        }
        return ids;
    }

    private static boolean isLetter(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(RETRIED) == null;
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        var headers = new LinkedHashMap<String, String>();
        record.headers()
                .forEach(
                        header -> {
                            if (header.key().startsWith(PREFIX)) {
                                headers.put(
                                        header.key().substring(PREFIX.length()),
                                        new String(header.value(), UTF_8));
                            }
                        });
        return new Letter(record.offset(), headers, text(record.key()), text(record.value()));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> message) {
        try {
            producer.send(message).get();
        } catch (ExecutionException e) {
            throw new KafkaException("the broker did not take the message", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the broker took the message", e);
        }
    }
}
