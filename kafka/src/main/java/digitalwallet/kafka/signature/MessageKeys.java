package digitalwallet.kafka.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.messages.Message;
import digitalwallet.messages.Topic;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one sender. While one is being replaced there are two: both are believed, one signs.
 *
 * @param signing the one that signs
 * @param other the one before it, or the one after it; null when there is none
 */
public record MessageKeys(MessageKey signing, @Nullable MessageKey other) {

    /** The length of a seal: half of the code, as RFC 2104 allows. */
    public static final int SEAL_BYTES = 16;

    /** The key with this id; empty when it is neither of them. */
    public Optional<MessageKey> find(String id) {
        if (signing.id().equals(id)) {
            return Optional.of(signing);
        }
        return Optional.ofNullable(other).filter(key -> key.id().equals(id));
    }

    /** A seal over these parts, {@value #SEAL_BYTES} bytes, for something that is no message. */
    public byte[] seal(String scheme, byte[]... parts) {
        return seal(signing, scheme, parts);
    }

    /** Whether one of the keys made this seal over these parts. */
    public boolean isSealed(byte[] seal, String scheme, byte[]... parts) {
        return MessageDigest.isEqual(seal, seal(signing, scheme, parts))
                || (other != null && MessageDigest.isEqual(seal, seal(other, scheme, parts)));
    }

    private static byte[] seal(MessageKey key, String scheme, byte[]... parts) {
        return Arrays.copyOf(key.code(scheme, List.of(parts)), SEAL_BYTES);
    }

    /** The record of a message, signed for this topic and no other. */
    public ProducerRecord<byte[], byte[]> sign(Topic topic, Message message) {
        var key = message.key().getBytes(UTF_8);
        var record = new ProducerRecord<>(topic.word(), key, message.value());
        var type = message.type().getBytes(UTF_8);
        var id = message.id().getBytes(UTF_8);
        var time = message.time().getBytes(UTF_8);
        record.headers()
                .add(Message.TYPE_HEADER, type)
                .add(Message.ID_HEADER, id)
                .add(Message.TIME_HEADER, time);
        var code =
                signing.code(
                        topic.word().getBytes(UTF_8),
                        key,
                        type,
                        id,
                        time,
                        Objects.requireNonNull(message.value()));
        record.headers().add(Message.SIGNATURE_HEADER, new Signature(signing.id(), code).toBytes());
        var transactionType = message.transactionType();
        if (transactionType != null) {
            record.headers().add(Message.TRANSACTION_TYPE_HEADER, transactionType.getBytes(UTF_8));
        }
        return record;
    }
}
