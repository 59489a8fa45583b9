package digitalwallet.ledger.posting;

import digitalwallet.ledger.database.LaneConnection;
import digitalwallet.ledger.database.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows as parameters of one statement list, so that a small batch is written in one round trip:
 * COPY is cheaper per row but takes two round trips per table.
 */
final class InsertRows implements RowSink {

    /** A batch may be dated so long before its transaction begins; see docs/decisions/0015. */
    private static final String GUARD =
            "SELECT 1 / (? > clock_timestamp() - interval '%d milliseconds')::integer"
                    .formatted(LaneConnection.LATE_MILLIS_MAX);

    private final StringBuilder sql = new StringBuilder("BEGIN ISOLATION LEVEL SERIALIZABLE");
    private final List<@Nullable Object> values = new ArrayList<>();

    /**
     * Makes the database refuse the transaction, by a division by zero, when this date is past for
     * long by its clock. Comes before every row: what has not begun by then never will.
     */
    void guard(Instant date) {
        sql.append(";\n").append(GUARD);
        values.add(date);
    }

    /** {@code BEGIN}, every insert, and {@code COMMIT}, to be run as one pipeline. */
    PreparedStatement prepareCommit(Connection connection) throws SQLException {
        sql.append(";\nCOMMIT");
        return prepareBegin(connection);
    }

    /** {@code BEGIN} and every insert as one pipeline that leaves the transaction open. */
    PreparedStatement prepareBegin(Connection connection) throws SQLException {
        var statement = connection.prepareStatement(sql.toString());
        try {
            bindAll(connection, statement);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Runs a statement without warnings. */
    static void run(PreparedStatement statement) throws SQLException {
        statement.execute();
        LaneConnection.refuseWarnings(statement.getWarnings());
    }

    /** Binds all fields to a statement that has a parameter for each. */
    void bindAll(Connection connection, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            bind(connection, statement, i + 1, values.get(i));
        }
    }

    private static void bind(
            Connection connection, PreparedStatement statement, int index, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setObject(index, null);
            case Instant time -> statement.setObject(index, time.atOffset(ZoneOffset.UTC));
            case byte[] bytes -> statement.setBytes(index, bytes);
            case ArrayValue array ->
                    statement.setArray(
                            index,
                            connection.createArrayOf(array.type(), array.elements().toArray()));
            default -> statement.setObject(index, value);
        }
    }

    private record ArrayValue(String type, List<?> elements) {}

    @Override
    public void row(Table table) {
        sql.append(";\n").append(table.insertStatement());
    }

    @Override
    public void uuid(@Nullable UUID value) {
        values.add(value);
    }

    @Override
    public void int8(@Nullable Long value) {
        values.add(value);
    }

    @Override
    public void int8(long value) {
        values.add(value);
    }

    @Override
    public void int4(int value) {
        values.add(value);
    }

    @Override
    public void int2(int value) {
        values.add((short) value);
    }

    @Override
    public void text(@Nullable String value) {
        values.add(value);
    }

    @Override
    public void bytes(byte @Nullable [] value) {
        values.add(value);
    }

    @Override
    public void time(Instant value) {
        values.add(value);
    }

    @Override
    public void uuids(List<UUID> ids) {
        values.add(new ArrayValue("uuid", ids));
    }

    @Override
    public void int8s(long[] numbers) {
        values.add(new ArrayValue("int8", Arrays.stream(numbers).boxed().toList()));
    }

    @Override
    public void int4s(int[] numbers) {
        values.add(new ArrayValue("int4", Arrays.stream(numbers).boxed().toList()));
    }

    @Override
    public void int2s(int[] numbers) {
        values.add(new ArrayValue("int2", Arrays.stream(numbers).boxed().toList()));
    }

    @Override
    public void texts(@Nullable List<String> texts) {
        values.add(texts == null ? null : new ArrayValue("text", texts));
    }
}
