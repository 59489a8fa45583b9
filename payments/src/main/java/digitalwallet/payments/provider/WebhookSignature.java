package digitalwallet.payments.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The header {@value #HEADER} of a webhook: {@code t=<seconds since 1970>,v1=<hex>}, where the
 * second part is the HMAC-SHA-256 over the first one's number, a point and the bytes of the body.
 */
public final class WebhookSignature {

    public static final String HEADER = "Webhook-Signature";

    /** How old a webhook may be, and how far our clocks may differ. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int KEY_BYTES_MIN = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern FORM = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");

    private final SecretKeySpec key;

    /**
     * With the key that the provider and we share.
     *
     * @throws IllegalArgumentException when it is shorter than 32 bytes
     */
    public WebhookSignature(byte[] key) {
        if (key.length < KEY_BYTES_MIN) {
            throw new IllegalArgumentException("a key has at least " + KEY_BYTES_MIN + " bytes");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The header's value for a body that is sent now. */
    public String sign(byte[] body, Instant now) {
        var seconds = Long.toString(now.getEpochSecond());
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac(seconds, body));
    }

    /**
     * Whether the body was signed with the key, and not long before or after now.
     *
     * @param header null when there is none
     */
    public boolean isValid(@Nullable String header, byte[] body, Instant now) {
        if (header == null) {
            return false;
        }
        var parts = FORM.matcher(header);
        if (!parts.matches()) {
            return false;
        }
        var signedAt = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
        boolean isFresh = Duration.between(signedAt, now).abs().compareTo(TOLERANCE) <= 0;
        var given = HexFormat.of().parseHex(parts.group(2));
        return MessageDigest.isEqual(given, mac(parts.group(1), body)) && isFresh;
    }

    private byte[] mac(String seconds, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
