package digitalwallet.ledger.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** One read statement: prepare, bind, map. */
public record Query(String sql) {

    // Far outside of any wallet's life and inside of what PostgreSQL can store.
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private static final String ONE_SNAPSHOT =
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    /** Sets the parameters. */
    public interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Makes a value of one row. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Reads with a connection. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Lends a connection to some reading.
     *
     * @throws ReadFailedException when the database fails
     */
    public static <T> T on(DataSource dataSource, Work<T> work) {
        try (var connection = dataSource.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new ReadFailedException(e);
        }
    }

    /**
     * Lends a connection to reading that takes several statements which must agree.
     *
     * @throws ReadFailedException when the database fails
     */
    public static <T> T inOneSnapshot(DataSource dataSource, Work<T> work) {
        return on(
                dataSource,
                connection -> {
                    connection.setAutoCommit(false);
                    try (var statement = connection.createStatement()) {
                        statement.execute(ONE_SNAPSHOT);
                        return work.with(connection);
                    } finally {
                        connection.rollback();
                        connection.setAutoCommit(true);
                    }
                });
    }

    /** All rows, in the order of the statement. */
    public <T> List<T> list(Connection connection, Binder binder, RowReader<T> reader)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            try (var rows = statement.executeQuery()) {
                var values = new ArrayList<T>();
                while (rows.next()) {
                    values.add(reader.read(rows));
                }
                return values;
            }
        }
    }

    /** The first row; empty when there is none. */
    public <T> Optional<T> first(Connection connection, Binder binder, RowReader<T> reader)
            throws SQLException {
        return list(connection, binder, reader).stream().findFirst();
    }

    /** A timestamptz that is not null. */
    public static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A parameter of type uuid[], for connections of a pool. */
    public static Array uuids(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }

    /** The last microsecond at or before this time: for comparing stored times with {@code <=}. */
    public static Instant atOrBefore(Instant time) {
        return clamp(time).truncatedTo(ChronoUnit.MICROS);
    }

    /** The last microsecond strictly before this time. */
    public static Instant before(Instant time) {
        return clamp(time).minusNanos(1).truncatedTo(ChronoUnit.MICROS);
    }

    /** A parameter of type timestamptz. */
    public static OffsetDateTime timestamp(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static Instant clamp(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
