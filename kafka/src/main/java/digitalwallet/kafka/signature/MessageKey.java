package digitalwallet.kafka.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A secret that messages are signed with (HMAC-SHA-256, RFC 2104), and its name: the first 16
 * hexadecimal digits of its SHA-256. The name says which key to look for and nothing about it.
 */
public final class MessageKey {

    /** The fewest bytes of a key. */
    public static final int LENGTH_MIN = 32;

    private static final byte[] SCHEME = "wallet-message-v1".getBytes(US_ASCII);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 8;
    private static final int FIELDS = 7;

    private final String id;
    // Never used itself: a copy of it costs a tenth of what it costs to make one anew, and needs
    // no lock.
    private final Mac prepared;

    /**
     * A key of at least {@value #LENGTH_MIN} bytes.
     *
     * @throws IllegalArgumentException when it is shorter
     */
    public MessageKey(byte[] secret) {
        if (secret.length < LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "a key has at least %d bytes, not %d".formatted(LENGTH_MIN, secret.length));
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret);
            id = HexFormat.of().formatHex(digest, 0, ID_BYTES);
            prepared = Mac.getInstance(ALGORITHM);
            prepared.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    /** The name. */
    public String id() {
        return id;
    }

    /**
     * The code over what a message says, 32 bytes. Each part stands behind its length, so that no
     * part can become a piece of another one.
     */
    byte[] code(
            byte[] topic,
            byte @Nullable [] key,
            byte[] type,
            byte[] id,
            byte[] time,
            byte[] value) {
        int length = FIELDS * Integer.BYTES + SCHEME.length + topic.length + type.length;
        length += (key == null ? 0 : key.length) + id.length + time.length;
        var head = ByteBuffer.allocate(length);
        put(head, SCHEME);
        put(head, topic);
        if (key == null) {
            head.putInt(-1);
        } else {
            put(head, key);
        }
        put(head, type);
        put(head, id);
        put(head, time);
        head.putInt(value.length);
        var mac = copy();
        mac.update(head.array());
        return mac.doFinal(value);
    }

    /**
     * The code over something that is no message, 32 bytes: over the scheme and its parts, each
     * behind its length; a part that is not there has the length -1.
     *
     * @param scheme what it is, so that the code of one thing is never that of another
     */
    byte[] code(String scheme, List<byte @Nullable []> parts) {
        var mac = copy();
        update(mac, scheme.getBytes(US_ASCII));
        for (var part : parts) {
            update(mac, part);
        }
        return mac.doFinal();
    }

    private static void update(Mac mac, byte @Nullable [] part) {
        int length = part == null ? -1 : part.length;
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        if (part != null) {
            mac.update(part);
        }
    }

    private Mac copy() {
        try {
            return (Mac) prepared.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own HMAC can be copied", e);
        }
    }

    private static void put(ByteBuffer head, byte[] part) {
        head.putInt(part.length).put(part);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return id;
    }
}
