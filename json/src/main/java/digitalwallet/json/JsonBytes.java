package digitalwallet.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * JSON written field by field into one array of UTF-8, which is used again for the next text: most
 * texts are plain ASCII, and are looked through and copied in one pass. Not for several threads.
 */
public final class JsonBytes {

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    private final Map<String, byte[]> names = new HashMap<>();
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

    /**
     * A field whose object is about to be opened. How a name is written is remembered: names are
     * the program's own, and few.
     */
    public JsonBytes name(String name) {
        return comma().raw(names.computeIfAbsent(name, JsonBytes::written));
    }

    private static byte[] written(String name) {
        return new JsonBytes(name.length() + "\"\":".length()).text(name).add(':').toBytes();
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

    /** An object of texts in the map's order, unless it is empty; its names may be anybody's. */
    public JsonBytes putAll(String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            name(name).open();
            texts.forEach((each, value) -> comma().text(each).add(':').text(value));
            close();
        }
        return this;
    }

    private JsonBytes comma() {
        return bytes[length - 1] == '{' ? this : add(',');
    }

    private JsonBytes text(String value) {
        // A string that is plain already is copied at once; its bytes are looked through faster
        // than its characters, each of which is asked for and checked.
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        var quoted = isPlain(utf8) ? utf8 : JsonStringEncoder.getInstance().quoteAsUTF8(value);
        return add('"').raw(quoted).add('"');
    }

    /** Whether this is printable ASCII without quotation marks and backslashes. */
    private static boolean isPlain(byte[] utf8) {
        int place = 0;
        for (; place + Long.BYTES <= utf8.length; place += Long.BYTES) {
            if (!arePlain((long) EIGHT.get(utf8, place))) {
                return false;
            }
        }
        for (; place < utf8.length; place++) {
            // What is no ASCII is negative here.
            byte each = utf8[place];
            if (each < ' ' || each > '~' || each == '"' || each == '\\') {
                return false;
            }
        }
        return true;
    }

    /**
     * The same for eight at once, in the bits of a long. The sign bit of a byte is set in the end
     * when the byte is no ASCII, or in one of the differences, when it is below the blank, one of
     * the two characters, or DEL. That a borrow may set the bit of the byte above as well does no
     * harm: some byte was not plain then.
     */
    private static boolean arePlain(long eight) {
        long below = eight - ONES * ' ';
        long quotes = (eight ^ ONES * '"') - ONES;
        long backslashes = (eight ^ ONES * '\\') - ONES;
        long above = eight + ONES;
        return ((eight | below | quotes | backslashes | above) & HIGHS) == 0;
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
