package digitalwallet.ledger;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key under which bank transaction ids are digested, and with which checks of the books seal
 * what they note (HMAC-SHA-256, RFC 2104). It never rotates: the guard against crediting twice is
 * made of these digests.
 */
public final class DigestKey {

    private static final int LENGTH_MIN = 32;

    private final SecretKeySpec key;

    /**
     * A key of at least 32 bytes.
     *
     * @throws IllegalArgumentException when it is shorter
     */
    public DigestKey(byte[] key) {
        if (key.length < LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "a digest key has at least %d bytes, not %d".formatted(LENGTH_MIN, key.length));
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** The first 128 bits of the digest of a bank transaction id. */
    public UUID reference(String bankTransactionId) {
        return digest("bank_transaction:" + bankTransactionId);
    }

    /** What only a holder of the key can put under this content: the first 128 bits of a MAC. */
    public UUID seal(Digest content) {
        return digest("seal:" + HexFormat.of().formatHex(content.toBytes()));
    }

    /** A digest that tells two keys apart and reveals neither. */
    public UUID checkValue() {
        return digest("digest_key");
    }

    private UUID digest(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Digest.firstBits(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
