package digitalwallet.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * JSON written field by field into one array of UTF-8, which is used again for the next text: most
 * texts are plain ASCII, and are looked through and copied in one pass. Not for several threads.
 */
public final class JsonBytes {

    private byte[] bytes;
    private int length;

    /**
     * An empty text.
     *
     * @param capacity how many bytes there is room for at first
     */
    public JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** Starts anew. */
    public JsonBytes clear() {
        length = 0;
        return this;
    }

    /** What was written since the start. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Begins an object. */
    public JsonBytes open() {
        return add('{');
    }

    /** Ends an object. */
    public JsonBytes close() {
        return add('}');
    }

    /** A field whose object is about to be opened. */
    public JsonBytes name(String name) {
        if (bytes[length - 1] != '{') {
            add(',');
        }
        return text(name).add(':');
    }

    /** A field, unless it is null. */
    public JsonBytes put(String name, @Nullable String value) {
        return value == null ? this : name(name).text(value);
    }

    /** A whole number. */
    public JsonBytes put(String name, long number) {
        return name(name).raw(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    /** A field of JSON that was written before. */
    public JsonBytes put(String name, byte[] json) {
        return name(name).raw(json);
    }

    /** An object of texts in the map's order, unless it is empty. */
    public JsonBytes putAll(String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            name(name).open();
            texts.forEach(this::put);
            close();
        }
        return this;
    }

    private JsonBytes text(String value) {
        // A string that is plain already is copied at once; its bytes are looked through faster
        // than its characters, each of which is asked for and checked.
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        var quoted = isPlain(utf8) ? utf8 : JsonStringEncoder.getInstance().quoteAsUTF8(value);
        return add('"').raw(quoted).add('"');
    }

    private static boolean isPlain(byte[] utf8) {
        for (byte each : utf8) {
            // What is no ASCII is negative here.
            if (each < ' ' || each > '~' || each == '"' || each == '\\') {
                return false;
            }
        }
        return true;
    }

    private JsonBytes add(char character) {
        room(1);
        bytes[length++] = (byte) character;
        return this;
    }

    private JsonBytes raw(byte[] utf8) {
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (length + more));
        }
    }
}
