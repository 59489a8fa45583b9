package digitalwallet.ledger.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows that PostgreSQL sends in the binary form of COPY, which is the form in which blocks hash
 * them: what is hashed is what the database says, byte for byte.
 */
final class CopyStream implements AutoCloseable {

    private static final int SIGNATURE_LENGTH = 11;
    private static final int ARRAY_HEADER = 12;
    private static final int ARRAY_DIMENSION = 8;

    private final CopyOut copy;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int[] offsets = new int[32];
    private int fields;
    private boolean begun;

    private CopyStream(CopyOut copy) {
        this.copy = copy;
    }

    /** The rows of a query; COPY takes no parameters, so the query holds numbers only. */
    static CopyStream of(Connection connection, String query) throws SQLException {
        var copies = connection.unwrap(PGConnection.class).getCopyAPI();
        return new CopyStream(copies.copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)"));
    }

    /** Goes to the next row; false after the last. */
    boolean next() throws SQLException {
        if (!begun) {
            begun = true;
            need(SIGNATURE_LENGTH + 2 * Integer.BYTES);
            buffer.position(buffer.position() + SIGNATURE_LENGTH + Integer.BYTES);
            int extension = buffer.getInt();
            need(extension);
            buffer.position(buffer.position() + extension);
        }
        need(Short.BYTES);
        fields = buffer.getShort();
        if (fields < 0) {
            while (copy.readFromCopy() != null) {
                fields = -1;
            }
            return false;
        }
        readFields();
        return true;
    }

    // Offsets are those of the lengths; the buffer may move while a row comes in pieces.
    private void readFields() throws SQLException {
        if (offsets.length <= fields) {
            offsets = new int[fields + 1];
        }
        int start = buffer.position();
        int at = 0;
        for (int field = 0; field < fields; field++) {
            offsets[field] = at;
            start = need(start, at + Integer.BYTES);
            int length = buffer.getInt(start + at);
            at += Integer.BYTES + Math.max(0, length);
            start = need(start, at);
        }
        offsets[fields] = at;
        for (int field = 0; field <= fields; field++) {
            offsets[field] += start;
        }
        buffer.position(offsets[fields]);
    }

    private int need(int start, int bytes) throws SQLException {
        if (buffer.limit() - start >= bytes) {
            return start;
        }
        buffer.position(start);
        need(bytes);
        return buffer.position();
    }

    private void need(int bytes) throws SQLException {
        while (buffer.remaining() < bytes) {
            var message = copy.readFromCopy();
            if (message == null) {
                throw new SQLException("the database ended a COPY too early");
            }
            if (!buffer.hasRemaining()) {
                buffer = ByteBuffer.wrap(message);
            } else {
                var joined = ByteBuffer.allocate(buffer.remaining() + message.length);
                buffer = joined.put(buffer).put(message).flip();
            }
        }
    }

    /** Adds fields from first to before last as a row of its own. */
    void hashInto(MessageDigest digest, int first, int last) {
        int count = last - first;
        digest.update((byte) (count >>> 8));
        digest.update((byte) count);
        digest.update(buffer.array(), offsets[first], offsets[last] - offsets[first]);
    }

    int fields() {
        return fields;
    }

    boolean isNull(int field) {
        return buffer.getInt(offsets[field]) < 0;
    }

    long int8(int field) {
        return buffer.getLong(value(field));
    }

    int int4(int field) {
        return buffer.getInt(value(field));
    }

    short int2(int field) {
        return buffer.getShort(value(field));
    }

    boolean bool(int field) {
        return buffer.get(value(field)) != 0;
    }

    UUID uuid(int field) {
        return uuidAt(value(field));
    }

    @Nullable UUID uuidOrNull(int field) {
        return isNull(field) ? null : uuid(field);
    }

    byte[] bytes(int field) {
        return Arrays.copyOfRange(buffer.array(), value(field), offsets[field + 1]);
    }

    String text(int field) {
        int start = value(field);
        return new String(
                buffer.array(), start, offsets[field + 1] - start, StandardCharsets.UTF_8);
    }

    @Nullable String textOrNull(int field) {
        return isNull(field) ? null : text(field);
    }

    UUID[] uuids(int field) {
        var values = new UUID[length(field)];
        for (int i = 0, at = elements(field); i < values.length; i++, at += 20) {
            values[i] = uuidAt(at + Integer.BYTES);
        }
        return values;
    }

    long[] int8s(int field) {
        var values = new long[length(field)];
        for (int i = 0, at = elements(field); i < values.length; i++, at += 12) {
            values[i] = buffer.getLong(at + Integer.BYTES);
        }
        return values;
    }

    int[] int4s(int field) {
        var values = new int[length(field)];
        for (int i = 0, at = elements(field); i < values.length; i++, at += 8) {
            values[i] = buffer.getInt(at + Integer.BYTES);
        }
        return values;
    }

    short[] int2s(int field) {
        var values = new short[length(field)];
        for (int i = 0, at = elements(field); i < values.length; i++, at += 6) {
            values[i] = buffer.getShort(at + Integer.BYTES);
        }
        return values;
    }

    String[] texts(int field) {
        var values = new String[length(field)];
        int at = elements(field);
        for (int i = 0; i < values.length; i++) {
            int length = buffer.getInt(at);
            values[i] =
                    new String(buffer.array(), at + Integer.BYTES, length, StandardCharsets.UTF_8);
            at += Integer.BYTES + length;
        }
        return values;
    }

    /** How many elements an array of one dimension has. */
    int length(int field) {
        int start = value(field);
        return buffer.getInt(start) == 0 ? 0 : buffer.getInt(start + ARRAY_HEADER);
    }

    private int elements(int field) {
        return value(field) + ARRAY_HEADER + ARRAY_DIMENSION;
    }

    private UUID uuidAt(int at) {
        return new UUID(buffer.getLong(at), buffer.getLong(at + Long.BYTES));
    }

    private int value(int field) {
        return offsets[field] + Integer.BYTES;
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
