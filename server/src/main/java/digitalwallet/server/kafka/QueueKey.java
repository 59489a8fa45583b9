package digitalwallet.server.kafka;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that the wallet signs the commands with that it queues itself (HMAC-SHA-256, RFC 2104):
 * only what carries its signature is believed about its caller.
 */
public final class QueueKey {

    private static final int LENGTH_MIN = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * A key of at least 32 bytes.
     *
     * @throws IllegalArgumentException when it is shorter
     */
    public QueueKey(byte[] key) {
        if (key.length < LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "a queue key has at least %d bytes, not %d".formatted(LENGTH_MIN, key.length));
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The signature of a message's bytes, 32 bytes. */
    public byte[] sign(byte[] message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    /** Whether this is the signature of these bytes; takes the same time for every wrong one. */
    public boolean signed(byte[] message, byte[] signature) {
        return MessageDigest.isEqual(sign(message), signature);
    }
}
