package digitalwallet.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The answer that a connection is receiving: as much of HTTP/1.1 as the wallet's own answers need.
 * Those have a length; others are refused.
 */
final class HttpAnswer {

    private static final String LENGTH = "\r\ncontent-length:";
    private static final int STATUS_AT = 9;
    private static final int UNKNOWN = -1;

    private final byte[] bytes;
    private int received;
    private int headLength = UNKNOWN;
    private int length = UNKNOWN;

    /** Room for an answer of this size. */
    HttpAnswer(int bytesMax) {
        bytes = new byte[bytesMax];
    }

    /** Where the next bytes go. */
    ByteBuffer room() {
        return ByteBuffer.wrap(bytes, received, bytes.length - received);
    }

    /** Whether the answer is complete with the bytes that just arrived. */
    boolean isCompleteWith(int more) {
        int searchFrom = Math.max(0, received - 3);
        received += more;
        if (headLength == UNKNOWN) {
            headLength = endOfHead(searchFrom);
            if (headLength == UNKNOWN) {
                return false;
            }
            length = headLength + contentLength();
        }
        return received == length;
    }

    private int endOfHead(int from) {
        for (int i = from; i + 3 < received; i++) {
            if (bytes[i] == '\r'
                    && bytes[i + 1] == '\n'
                    && bytes[i + 2] == '\r'
                    && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return UNKNOWN;
    }

    private int contentLength() {
        var head = head().toLowerCase(Locale.ROOT);
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without a length: " + head);
        }
        int begin = at + LENGTH.length();
        return Integer.parseInt(head.substring(begin, head.indexOf('\r', begin)).strip());
    }

    /** Makes room for the next one. */
    void clear() {
        received = 0;
        headLength = UNKNOWN;
        length = UNKNOWN;
    }

    int status() {
        return (bytes[STATUS_AT] - '0') * 100
                + (bytes[STATUS_AT + 1] - '0') * 10
                + (bytes[STATUS_AT + 2] - '0');
    }

    /** Whether it repeats an earlier answer to the same idempotency key. */
    boolean isReplay() {
        return head().contains("Idempotency-Replayed: true");
    }

    private String head() {
        return new String(bytes, 0, headLength, StandardCharsets.ISO_8859_1);
    }

    String text() {
        return new String(bytes, 0, received, StandardCharsets.UTF_8);
    }
}
