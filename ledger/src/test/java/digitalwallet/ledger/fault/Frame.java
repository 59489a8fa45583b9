package digitalwallet.ledger.fault;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One message of PostgreSQL's protocol (PostgreSQL documentation, "Message Formats"): a type, a
 * length that counts itself, and a body.
 */
final class Frame {

    /** The message that ends a pipeline. */
    static final Frame SYNC = new Frame('S', new byte[0]);

    private final char type;
    private final byte[] body;

    private Frame(char type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    /** The next message, or null when the sender closed its side. */
    static @Nullable Frame read(DataInputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            return null;
        }
        int length = in.readInt() - Integer.BYTES;
        var body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new Frame((char) type, body);
    }

    char type() {
        return type;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
    }

    /** The index-th of the zero-terminated strings that the body begins with. */
    String text(int index) {
        int start = 0;
        for (int i = 0; ; i++) {
            int end = start;
            while (body[end] != 0) {
                end++;
            }
            if (i == index) {
                return new String(Arrays.copyOfRange(body, start, end), StandardCharsets.UTF_8);
            }
            start = end + 1;
        }
    }
}
