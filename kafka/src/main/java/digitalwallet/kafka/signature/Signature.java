package digitalwallet.kafka.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.Optional;

/**
 * What the header says: {@code v1}, the key's id, and the code in the alphabet of URLs, with blanks
 * between them.
 */
final class Signature {

    private static final String VERSION = "v1 ";
    private static final int KEY_END = 19;
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
        var text = new String(header, ISO_8859_1);
        if (!text.startsWith(VERSION) || text.charAt(KEY_END) != ' ') {
            return Optional.empty();
        }
        try {
            // A key that has no such id is not found.
            var keyId = text.substring(VERSION.length(), KEY_END);
            var code = Base64.getUrlDecoder().decode(text.substring(KEY_END + 1));
            return Optional.of(new Signature(keyId, code));
        } catch (IllegalArgumentException _) {
            // 43 letters say 258 bits, and the last two must be zero.
            return Optional.empty();
        }
    }

    byte[] toBytes() {
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        return (VERSION + keyId + " " + text).getBytes(ISO_8859_1);
    }
}
