package digitalwallet.kafka.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.MalformedMessageException;
import digitalwallet.messages.MalformedMessageException.Reason;
import digitalwallet.messages.Message;
import digitalwallet.messages.MessageTime;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages, and believes only what somebody with a known key wrote. Nothing is parsed before
 * that is certain. The messages of all topics are read here.
 */
public final class AuthenticReader {

    private final Function<String, Optional<MessageKey>> keys;
    private final boolean trustsBroker;

    /**
     * A message that is what its writer wrote.
     *
     * @param event what it says
     * @param keyId the key it was signed with; null when the broker is trusted and nobody signed it
     */
    public record Authentic(CloudEvent event, @Nullable String keyId) {}

    /**
     * A reader.
     *
     * @param keys finds a key by its id
     * @param trustsBroker whether messages without any signature are believed, because the broker
     *     lets nobody write whom it should not
     */
    public AuthenticReader(Function<String, Optional<MessageKey>> keys, boolean trustsBroker) {
        this.keys = keys;
        this.trustsBroker = trustsBroker;
    }

    /**
     * What the message says.
     *
     * @throws MalformedMessageException when it is empty, not authentic, or no event
     */
    public Authentic read(ConsumerRecord<byte[], byte[]> message) {
        var value = message.value();
        if (value == null || value.length == 0) {
            throw new MalformedMessageException(Reason.NO_VALUE, "the message has no value");
        }
        if (message.headers().lastHeader(Message.SIGNATURE_HEADER) == null) {
            if (!trustsBroker) {
                throw new MalformedMessageException(Reason.UNSIGNED, "the message is not signed");
            }
            return new Authentic(CloudEvent.read(value), null);
        }
        var key = authenticated(message, header(message, Message.SIGNATURE_HEADER));
        var event = CloudEvent.read(value);
        requireSame(message, event);
        return new Authentic(event, key.id());
    }

    /**
     * Makes sure that the record key is this one: the order of what concerns a user hangs on it.
     *
     * @throws MalformedMessageException when it is another one or missing
     */
    public static void requireKey(ConsumerRecord<byte[], byte[]> message, String key) {
        if (message.key() == null || !MessageDigest.isEqual(message.key(), key.getBytes(UTF_8))) {
            throw new MalformedMessageException(
                    Reason.WRONG_KEY, "the record key is not the user the message is about");
        }
    }

    private MessageKey authenticated(ConsumerRecord<byte[], byte[]> message, byte[] header) {
        var signature = Signature.read(header).orElseThrow(AuthenticReader::badSignature);
        var key = keys.apply(signature.keyId()).orElseThrow(AuthenticReader::badSignature);
        var code =
                key.code(
                        message.topic().getBytes(UTF_8),
                        message.key(),
                        header(message, Message.TYPE_HEADER),
                        header(message, Message.ID_HEADER),
                        header(message, Message.TIME_HEADER),
                        message.value());
        // Takes the same time for every wrong one.
        if (!MessageDigest.isEqual(code, signature.code())) {
            throw badSignature();
        }
        return key;
    }

    /** Headers that say something else than the event would mislead whoever reads only them. */
    private static void requireSame(ConsumerRecord<byte[], byte[]> message, CloudEvent event) {
        if (!text(message, Message.TYPE_HEADER).equals(event.type())
                || !text(message, Message.ID_HEADER).equals(event.id())
                || !isTime(text(message, Message.TIME_HEADER), event.time())) {
            throw new MalformedMessageException(
                    Reason.WRONG_HEADER, "the headers ce_… do not say what the event says");
        }
    }

    private static boolean isTime(String text, Instant time) {
        try {
            return MessageTime.parse(text).equals(time);
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(header(message, name), UTF_8);
    }

    private static byte[] header(ConsumerRecord<byte[], byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? new byte[0] : header.value();
    }

    private static MalformedMessageException badSignature() {
        return new MalformedMessageException(
                Reason.BAD_SIGNATURE, "the signature is none by a known key over this message");
    }
}
