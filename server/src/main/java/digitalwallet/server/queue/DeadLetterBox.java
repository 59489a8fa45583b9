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
import java.util.regex.Pattern;
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

    /** Begins the names of all headers that the wallet itself gives a letter. */
    static final String PREFIX = "dead-";

    /** How long the value was of which the letter holds the beginning only. */
    static final String BYTES = "dead-bytes";

    private static final String REASON = "dead-reason";
    private static final String RETRIED = "dead-retried";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
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

    /** What became of a retry. */
    public enum Retry {
        SENT,
        /** There is no such letter. */
        ABSENT,
        /** The letter only says where the message is; it was too large to be kept. */
        REFERENCE
    }

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
     * Sends one again, as it came and with its time, to where it came from.
     *
     * @throws KafkaException when the broker does not take it; then it may have been sent
     */
    public Retry retry(long id) {
        var found = find(id);
        if (found.isEmpty()) {
            return Retry.ABSENT;
        }
        var letter = found.get();
        if (letter.headers().lastHeader(BYTES) != null) {
            return Retry.REFERENCE;
        }
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
                    new ProducerRecord<>(
                            topic,
                            null,
                            letter.timestamp(),
                            letter.key(),
                            letter.value(),
                            headers));
            var mark = new ProducerRecord<byte[], byte[]>(Topic.DEAD.word(), null, new byte[0]);
            mark.headers().add(RETRIED, Long.toString(id).getBytes(UTF_8));
            send(producer, mark);
        }
        return Retry.SENT;
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
            retriedBy(record).ifPresent(ids::add);
        }
        return ids;
    }

    private static boolean isLetter(ConsumerRecord<byte[], byte[]> record) {
        return retriedBy(record).isEmpty();
    }

    /**
     * The letter that was retried, where the record is the mark that says so. Whoever may write to
     * the commands may give a message any headers: a letter with such a header is none.
     */
    private static Optional<Long> retriedBy(ConsumerRecord<byte[], byte[]> record) {
        var id = header(record, RETRIED);
        return record.headers().lastHeader(REASON) == null && NUMBER.matcher(id).matches()
                ? Optional.of(Long.valueOf(id))
                : Optional.empty();
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        var headers = new LinkedHashMap<String, String>();
        record.headers()
                .forEach(
                        header -> {
                            if (header.key().startsWith(PREFIX)) {
                                headers.put(
                                        header.key().substring(PREFIX.length()),
                                        text(header.value()));
                            }
                        });
        return new Letter(record.offset(), headers, text(record.key()), text(record.value()));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
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
