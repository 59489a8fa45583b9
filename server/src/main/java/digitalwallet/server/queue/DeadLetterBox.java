package digitalwallet.server.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.kafka.signature.RecordSeal;
import digitalwallet.kafka.signature.RecordSeal.Verdict;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The messages that could not be processed, for the operators. Nothing is ever deleted: when a
 * letter is retried, one more message in the topic says so. Only what the wallet has sealed is
 * believed; the rest is shown for what it is and never sent.
 */
public final class DeadLetterBox {

    /** So many letters are listed. */
    static final int LETTERS_MAX = 10_000;

    private static final int RETRIED_MAX = 20_000;

    private static final Duration POLL = Duration.ofMillis(500);
    // Some of these at once fit into the memory of a small program.
    private static final int RECORDS_MAX = 10;
    private static final TopicPartition PARTITION = new TopicPartition(Topic.DEAD.word(), 0);
    private static final Set<String> SOURCES = Set.of(Topic.COMMANDS.word(), Topic.PAYMENTS.word());

    private final KafkaSettings kafka;
    private final RecordSeal seals;
    private final boolean trustsBroker;

    /**
     * What a letter says about its message.
     *
     * @param id its offset in the topic
     * @param verdict whether the wallet wrote it; if not, nothing that it says is certain
     * @param headers by name, without their prefix: reason, detail, topic, partition, offset, time;
     *     none when the wallet did not write it, because then they may be of any size
     */
    public record Heading(long id, Verdict verdict, Map<String, String> headers) {

        static Heading of(ConsumerRecord<byte[], byte[]> letter, Verdict verdict) {
            return new Heading(
                    letter.offset(),
                    verdict,
                    verdict == Verdict.AUTHENTIC ? DeadLetterBox.headers(letter) : Map.of());
        }
    }

    /**
     * A letter.
     *
     * @param headers as in its heading, whoever wrote it
     * @param key as text
     * @param message as text
     */
    public record Letter(
            long id, Verdict verdict, Map<String, String> headers, String key, String message) {}

    /**
     * Those that were not retried.
     *
     * @param headings oldest first
     * @param omitted how many more there are than are listed
     */
    public record Listing(List<Heading> headings, long omitted) {}

    /** What became of a retry. */
    public enum Retry {
        SENT,
        /** There is no such letter. */
        ABSENT,
        /** The letter only says where the message is; it was too large to be kept. */
        REFERENCE,
        /** It is not certain that the wallet wrote it. */
        NOT_BELIEVED
    }

    /**
     * The letters of these brokers.
     *
     * @param keys of the wallet's own messages
     * @param trustsBroker whether letters without a seal are believed, too
     */
    public DeadLetterBox(KafkaSettings kafka, MessageKeys keys, boolean trustsBroker) {
        this.kafka = kafka;
        seals = new RecordSeal(keys, LetterHeaders.SEAL);
        this.trustsBroker = trustsBroker;
    }

    /**
     * The letters that were not retried, each once.
     *
     * @throws KafkaException when the broker cannot be asked
     */
    public Listing letters() {
        var waiting = new WaitingLetters(LETTERS_MAX, RETRIED_MAX);
        read(0, Long.MAX_VALUE, record -> waiting.take(record, seals.check(record)));
        return new Listing(waiting.headings(), waiting.omitted());
    }

    /**
     * One of them, retried or not; empty when there is none with this id.
     *
     * @throws KafkaException when the broker cannot be asked
     */
    public Optional<Letter> letter(long id) {
        return find(id).map(
                        record ->
                                new Letter(
                                        id,
                                        seals.check(record),
                                        headers(record),
                                        text(record.key()),
                                        text(record.value())));
    }

    /** Whether it is certain enough that the wallet wrote it. */
    public boolean isBelieved(Verdict verdict) {
        return switch (verdict) {
            case AUTHENTIC -> true;
            case UNSIGNED -> trustsBroker;
            case FORGED -> false;
        };
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
        var topic = LetterHeaders.text(letter, LetterHeaders.TOPIC);
        if (!isBelieved(seals.check(letter)) || !SOURCES.contains(topic)) {
            return Retry.NOT_BELIEVED;
        }
        if (LetterHeaders.has(letter, LetterHeaders.BYTES)) {
            return Retry.REFERENCE;
        }
        var headers = new RecordHeaders();
        letter.headers()
                .forEach(
                        header -> {
                            if (!header.key().startsWith(LetterHeaders.PREFIX)) {
                                headers.add(header);
                            }
                        });
        try (var producer = producer()) {
            send(
                    producer,
                    new ProducerRecord<>(
                            topic, null, sent(letter), letter.key(), letter.value(), headers));
            send(producer, mark(letter));
        }
        return Retry.SENT;
    }

    /** Says that this letter was retried. */
    private ProducerRecord<byte[], byte[]> mark(ConsumerRecord<byte[], byte[]> letter) {
        var mark = new ProducerRecord<byte[], byte[]>(Topic.DEAD.word(), null, new byte[0]);
        LetterHeaders.add(mark, LetterHeaders.RETRIED, Long.toString(letter.offset()));
        if (LetterHeaders.has(letter, LetterHeaders.SEAL)) {
            var seal = LetterHeaders.text(letter, LetterHeaders.SEAL);
            LetterHeaders.add(mark, LetterHeaders.LETTER, seal);
            seals.seal(mark);
        }
        return mark;
    }

    /** The time of the message; a topic may replace the time that a letter was given. */
    private static Long sent(ConsumerRecord<byte[], byte[]> letter) {
        var sent = LetterHeaders.text(letter, LetterHeaders.SENT);
        return sent.isEmpty() ? Long.valueOf(letter.timestamp()) : Long.valueOf(sent);
    }

    private Optional<ConsumerRecord<byte[], byte[]>> find(long id) {
        var found = new HashMap<Long, ConsumerRecord<byte[], byte[]>>();
        read(
                id,
                id,
                record -> {
                    if (record.offset() == id && WaitingLetters.retriedBy(record).isEmpty()) {
                        found.put(id, record);
                    }
                });
        return Optional.ofNullable(found.get(id));
    }

    /** Reads what is there now between two offsets, both included. */
    private void read(long first, long last, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        var properties = new HashMap<>(kafka.consumer());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_MAX);
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = List.of(PARTITION);
            consumer.assign(partitions);
            long begin = consumer.beginningOffsets(partitions).getOrDefault(PARTITION, 0L);
            long end = consumer.endOffsets(partitions).getOrDefault(PARTITION, 0L);
            long from = Math.max(first, begin);
            long stop = Math.min(end, last == Long.MAX_VALUE ? last : last + 1);
            consumer.seek(PARTITION, Math.min(from, end));
            while (consumer.position(PARTITION) < stop) {
                consumer.poll(POLL).forEach(reader);
            }
        }
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> letter) {
        var headers = new LinkedHashMap<String, String>();
        for (var header : letter.headers()) {
            if (header.key().startsWith(LetterHeaders.PREFIX)
                    && !header.key().equals(LetterHeaders.SEAL)) {
                headers.put(
                        header.key().substring(LetterHeaders.PREFIX.length()),
                        text(header.value()));
            }
        }
        return headers;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        var properties = new HashMap<>(kafka.producer());
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, CloudEvent.BYTES_MAX + (64 << 10));
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
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
