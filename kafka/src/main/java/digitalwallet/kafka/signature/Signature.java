package digitalwallet.kafka.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the header says: {@code v1}, the key's id, and the code in the alphabet of URLs, with blanks
 * between them.
 */
final class Signature {

    private static final Pattern TEXT = Pattern.compile("v1 ([0-9a-f]{16}) ([A-Za-z0-9_-]{43})");
    private static final int LENGTH = 63;

    private final String keyId;
    private final byte[] code;

    Signature(String keyId, byte[] code) {
        this.keyId = keyId;
        this.code = code;
    }

    String keyId() {
        return keyId;
    }

    byte[] code() {
        return code;
    }

    /** Reads a header; empty when it is no signature. */
    static Optional<Signature> read(byte[] header) {
        if (header.length != LENGTH) {
            return Optional.empty();
        }
        var matcher = TEXT.matcher(new String(header, ISO_8859_1));
        try {
            return matcher.matches()
                    ? Optional.of(
                            new Signature(
                                    matcher.group(1),
                                    Base64.getUrlDecoder().decode(matcher.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            // 43 letters say 258 bits, and the last two must be zero.
            return Optional.empty();
        }
    }

    byte[] toBytes() {
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        return ("v1 " + keyId + " " + text).getBytes(ISO_8859_1);
    }
}
