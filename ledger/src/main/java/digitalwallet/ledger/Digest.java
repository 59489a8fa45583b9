package digitalwallet.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 (FIPS 180-4) over length-prefixed fields, so that ("ab", "c") and ("a", "bc") differ. A
 * missing field is the length -1.
 */
public final class Digest {

    private static final MessageDigest SHA256 = prototype();

    private ByteBuffer fields = ByteBuffer.allocate(128);

    /** Adds a text as UTF-8, or a missing field. */
    public Digest text(@Nullable String value) {
        if (value == null) {
            return length(-1);
        }
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes behind their length. */
    public Digest bytes(byte[] value) {
        length(value.length);
        room(value.length).put(value);
        return this;
    }

    /** Adds a number as eight bytes, most significant first. */
    public Digest number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /** Adds an identifier as sixteen bytes, or a missing field. */
    public Digest id(@Nullable UUID value) {
        if (value == null) {
            return length(-1);
        }
        length(16);
        return number(value.getMostSignificantBits()).number(value.getLeastSignificantBits());
    }

    /** All 32 bytes; the digest starts anew. */
    public byte[] toBytes() {
        var sha256 = sha256();
        sha256.update(fields.array(), 0, fields.position());
        fields.clear();
        return sha256.digest();
    }

    /** The first 128 bits; the digest starts anew. */
    public UUID toId() {
        return firstBits(toBytes());
    }

    /** The first 128 bits of a hash. */
    public static UUID firstBits(byte[] hash) {
        var bits = ByteBuffer.wrap(hash);
        return new UUID(bits.getLong(), bits.getLong());
    }

    private Digest length(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (fields.remaining() < bytes) {
            int capacity = Math.max(2 * fields.capacity(), fields.position() + bytes);
            fields = ByteBuffer.allocate(capacity).put(fields.flip());
        }
        return fields;
    }

    /** A fresh SHA-256: a copy, because finding the algorithm costs more than a short hash. */
    public static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the Java platform's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest prototype() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
