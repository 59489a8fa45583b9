package digitalwallet.server.queue;

import digitalwallet.json.Printable;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.kafka.signature.RecordSeal;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.MalformedMessageException.Reason;
import digitalwallet.messages.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the messages that cannot be processed, as they were, with reason and origin. One that is
 * too large for that is kept by reference: where it stands, its size, its hash and how it begins.
 */
final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final int DETAIL_LENGTH_MAX = 1_000;
    private static final int KEPT_MAX = 1_000;
    private static final int HEADER_BYTES = 16;

    /** The largest message that is kept whole; the topic takes what is added to it besides. */
    static final int WHOLE_BYTES_MAX = CloudEvent.BYTES_MAX + (32 << 10);

    /** So much is kept of the key and the value of one that is larger. */
    static final int BEGINNING_BYTES = 1 << 10;

    private final Producer<byte[], byte[]> producer;
    private final MeterRegistry registry;
    private final RecordSeal seals;
    private final LinkedHashSet<Place> kept = new LinkedHashSet<>();

    /**
     * Where letters are kept.
     *
     * @param keys of the wallet's own messages, which letters are sealed with
     */
    DeadLetters(Producer<byte[], byte[]> producer, MessageKeys keys, MeterRegistry registry) {
        this.producer = producer;
        this.registry = registry;
        seals = new RecordSeal(keys, LetterHeaders.SEAL);
        // A rise from nothing is no rise to an alert: each reason begins at 0.
        for (var reason : Reason.values()) {
            letters(reason.word());
        }
    }

    /**
     * Keeps a message and waits until it is kept.
     *
     * @param reason a stable code
     * @param given for people
     * @return false when the broker did not say so in time: to be tried again
     */
    boolean keep(ConsumerRecord<byte[], byte[]> message, String reason, String given) {
        if (kept.contains(Place.of(message))) {
            // It has come again, because its position could not be stored.
            return true;
        }
        var detail = Printable.of(shortened(given));
        var letter = bytes(message) > WHOLE_BYTES_MAX ? reference(message) : whole(message);
        LetterHeaders.add(letter, LetterHeaders.REASON, reason);
        LetterHeaders.add(letter, LetterHeaders.DETAIL, detail);
        addOrigin(letter, message);
        seals.seal(letter);
        try {
            producer.send(letter).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("a dead letter could not be kept: {}", e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        remember(Place.of(message));
        letters(reason).increment();
        LOG.warn(
                "{}-{} offset {} became a dead letter: {}: {}",
                message.topic(),
                message.partition(),
                message.offset(),
                reason,
                detail);
        return true;
    }

    private Counter letters(String reason) {
        return registry.counter("wallet_queue_dead_letters", "reason", reason);
    }

    private static void addOrigin(
            ProducerRecord<byte[], byte[]> letter, ConsumerRecord<byte[], byte[]> message) {
        LetterHeaders.add(letter, LetterHeaders.TOPIC, message.topic());
        LetterHeaders.add(letter, LetterHeaders.PARTITION, Integer.toString(message.partition()));
        LetterHeaders.add(letter, LetterHeaders.OFFSET, Long.toString(message.offset()));
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        LetterHeaders.add(letter, LetterHeaders.TIME, now.toString());
        if (message.timestamp() >= 0) {
            LetterHeaders.add(letter, LetterHeaders.SENT, Long.toString(message.timestamp()));
        }
    }

    private void remember(Place place) {
        kept.add(place);
        if (kept.size() > KEPT_MAX) {
            kept.removeFirst();
        }
    }

    /** As it came, but for what only the wallet may say of a letter. */
    private static ProducerRecord<byte[], byte[]> whole(ConsumerRecord<byte[], byte[]> message) {
        var letter = letter(message, message.key(), message.value());
        for (var header : message.headers()) {
            if (!header.key().startsWith(LetterHeaders.PREFIX)) {
                letter.headers().add(header);
            }
        }
        return letter;
    }

    private static ProducerRecord<byte[], byte[]> reference(
            ConsumerRecord<byte[], byte[]> message) {
        var letter = letter(message, beginning(message.key()), beginning(message.value()));
        LetterHeaders.add(letter, LetterHeaders.BYTES, Integer.toString(length(message.value())));
        LetterHeaders.add(letter, LetterHeaders.SHA256, sha256(message.value()));
        return letter;
    }

    /** With the time of the message: the time of its ids is measured against it when it returns. */
    private static ProducerRecord<byte[], byte[]> letter(
            ConsumerRecord<byte[], byte[]> message,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        var time = message.timestamp() < 0 ? null : Long.valueOf(message.timestamp());
        return new ProducerRecord<>(Topic.DEAD.word(), null, time, key, value);
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> message) {
        long bytes = (long) length(message.key()) + length(message.value());
        for (var header : message.headers()) {
            bytes += HEADER_BYTES + header.key().length() * 3L + length(header.value());
        }
        return bytes;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte @Nullable [] beginning(byte @Nullable [] bytes) {
        return bytes == null ? null : Arrays.copyOf(bytes, Math.min(bytes.length, BEGINNING_BYTES));
    }

    private static String sha256(byte @Nullable [] value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(value == null ? new byte[0] : value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String shortened(String detail) {
        return detail.length() <= DETAIL_LENGTH_MAX
                ? detail
                : detail.substring(0, DETAIL_LENGTH_MAX) + "…";
    }
}
