package digitalwallet.ledger.posting;

import digitalwallet.ledger.database.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;

/**
 * Rows in the binary form of PostgreSQL's COPY (PostgreSQL documentation, "COPY", file formats): a
 * 16-bit number of fields, then each field as a 32-bit length (-1 for null) and its bytes. The same
 * bytes go to the database and into the hash chain.
 */
final class CopyRows implements RowSink {

    private static final byte[] SIGNATURE =
            "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int UUID_OID = 2950;
    private static final int INT8_OID = 20;
    private static final int INT4_OID = 23;
    private static final int INT2_OID = 21;
    private static final int TEXT_OID = 25;

    private ByteBuffer buffer;
    private int[] starts = new int[64];
    private int rows;

    CopyRows(int bytes) {
        buffer = ByteBuffer.allocate(bytes);
    }

    /** Microseconds since 2000-01-01T00:00:00Z, as PostgreSQL counts. */
    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }

    /** The point in time this many microseconds after 2000-01-01T00:00:00Z. */
    static Instant time(long micros) {
        return EPOCH.plus(Duration.of(micros, ChronoUnit.MICROS));
    }

    boolean isEmpty() {
        return rows == 0;
    }

    int count() {
        return rows;
    }

    /** Adds all rows, in the order in which they came. */
    void hashInto(MessageDigest digest) {
        digest.update(buffer.array(), 0, buffer.position());
    }

    /** Sends all rows, in the order of these row numbers. */
    void copy(CopyManager copyManager, Table table, int[] order) throws SQLException {
        var stream = ByteBuffer.allocate(SIGNATURE.length + buffer.position() + Short.BYTES);
        stream.put(SIGNATURE);
        for (int row : order) {
            stream.put(buffer.array(), starts[row], end(row) - starts[row]);
        }
        stream.putShort((short) -1);
        var copy = copyManager.copyIn(table.copyStatement());
        try {
            copy.writeToCopy(stream.array(), 0, stream.position());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private int end(int row) {
        return row + 1 < rows ? starts[row + 1] : buffer.position();
    }

    @Override
    public void row(Table table) {
        row(table.width());
    }

    /** A row with this many fields begins. */
    void row(int fields) {
        if (rows == starts.length) {
            starts = Arrays.copyOf(starts, 2 * rows);
        }
        starts[rows++] = buffer.position();
        room(Short.BYTES).putShort((short) fields);
    }

    @Override
    public void uuid(@Nullable UUID value) {
        if (value == null) {
            missing();
        } else {
            room(20).putInt(16)
                    .putLong(value.getMostSignificantBits())
                    .putLong(value.getLeastSignificantBits());
        }
    }

    @Override
    public void int8(@Nullable Long value) {
        if (value == null) {
            missing();
        } else {
            int8(value.longValue());
        }
    }

    @Override
    public void int8(long value) {
        room(12).putInt(8).putLong(value);
    }

    @Override
    public void int4(int value) {
        room(8).putInt(4).putInt(value);
    }

    @Override
    public void int2(int value) {
        room(6).putInt(2).putShort((short) value);
    }

    @Override
    public void text(@Nullable String value) {
        bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void bytes(byte @Nullable [] value) {
        if (value == null) {
            missing();
        } else {
            room(4 + value.length).putInt(value.length).put(value);
        }
    }

    @Override
    public void time(Instant value) {
        int8(micros(value));
    }

    @Override
    public void uuids(List<UUID> values) {
        array(UUID_OID, values.size(), 20 * values.size());
        for (var value : values) {
            uuid(value);
        }
    }

    @Override
    public void int8s(long[] values) {
        array(INT8_OID, values.length, 12 * values.length);
        for (long value : values) {
            int8(value);
        }
    }

    @Override
    public void int4s(int[] values) {
        array(INT4_OID, values.length, 8 * values.length);
        for (int value : values) {
            int4(value);
        }
    }

    @Override
    public void int2s(int[] values) {
        array(INT2_OID, values.length, 6 * values.length);
        for (int value : values) {
            int2(value);
        }
    }

    @Override
    public void texts(@Nullable List<String> values) {
        if (values == null) {
            missing();
            return;
        }
        int length = 0;
        for (var value : values) {
            length += 4 + value.getBytes(StandardCharsets.UTF_8).length;
        }
        array(TEXT_OID, values.size(), length);
        for (var value : values) {
            text(value);
        }
    }

    // PostgreSQL's array form: dimensions, a flag for nulls, element type, then per dimension its
    // length and lower bound; an empty array has no dimension.
    private void array(int elementType, int length, int bytes) {
        boolean empty = length == 0;
        room(24).putInt((empty ? 12 : 20) + bytes)
                .putInt(empty ? 0 : 1)
                .putInt(0)
                .putInt(elementType);
        if (!empty) {
            buffer.putInt(length).putInt(1);
        }
    }

    private void missing() {
        room(Integer.BYTES).putInt(-1);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int capacity = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
            buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
        }
        return buffer;
    }
}
