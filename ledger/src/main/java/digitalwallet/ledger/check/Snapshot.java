package digitalwallet.ledger.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Connections that all see the books as they were at one moment, and may change nothing. */
final class Snapshot implements AutoCloseable {

    /** How long the database may say nothing within one query of a check. */
    static final int SILENCE_MILLIS_MAX = 3_600_000;

    private static final String EXPORT =
            "SELECT pg_export_snapshot(), clock_timestamp() AS taken_at";
    // One check is long by nature; plans for it are few, so compiling them does not pay.
    private static final String SETTINGS =
            """
            SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
            SET LOCAL lock_timeout = 0; SET LOCAL jit = off; SET LOCAL work_mem = '64MB';
            SET LOCAL max_parallel_workers_per_gather = 0\
            """;

    private final List<Connection> connections = new ArrayList<>();
    private Instant takenAt = Instant.EPOCH;

    private Snapshot() {}

    /** Takes it with this many connections. */
    static Snapshot take(DataSource dataSource, int connections) throws SQLException {
        var snapshot = new Snapshot();
        try {
            var id = snapshot.first(dataSource);
            for (int i = 1; i < connections; i++) {
                snapshot.join(dataSource, id);
            }
            for (var connection : snapshot.connections) {
                execute(connection, SETTINGS);
            }
            return snapshot;
        } catch (SQLException e) {
            snapshot.close();
            throw e;
        }
    }

    List<Connection> connections() {
        return List.copyOf(connections);
    }

    Connection connection() {
        return connections.getFirst();
    }

    /** By the database's clock. */
    Instant takenAt() {
        return takenAt;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String first(DataSource dataSource) throws SQLException {
        var connection = open(dataSource);
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(EXPORT)) {
            rows.next();
            takenAt = rows.getObject(2, OffsetDateTime.class).toInstant();
            return rows.getString(1);
        }
    }

    private void join(DataSource dataSource, String id) throws SQLException {
        var connection = open(dataSource);
        try (var statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION SNAPSHOT " + statement.enquoteLiteral(id));
        }
    }

    private Connection open(DataSource dataSource) throws SQLException {
        var connection = dataSource.getConnection();
        connections.add(connection);
        // A check reads for longer than what callers ask for, which the pool bounds.
        connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS_MAX);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public void close() throws SQLException {
        SQLException failure = null;
        for (var connection : connections) {
            try (connection) {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            } catch (SQLException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
