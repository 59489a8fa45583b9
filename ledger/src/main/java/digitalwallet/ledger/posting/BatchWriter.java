package digitalwallet.ledger.posting;

import digitalwallet.ledger.database.LaneConnection;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Writes a batch: one SERIALIZABLE transaction that only inserts. It reads nothing, because what a
 * SERIALIZABLE transaction reads makes lanes abort each other.
 */
final class BatchWriter {

    /** Up to here a pipeline of inserts beats COPY, which takes two round trips per table. */
    private static final int PIPELINED_TRANSACTIONS_MAX = 4;

    private final Connection connection;
    private int roundTrips;
    private boolean commitSent;

    BatchWriter(Connection connection) {
        this.connection = connection;
    }

    /** Tries to commit these rows, of this many transactions. */
    WriteResult write(BatchRows rows, int transactions) {
        commitSent = false;
        try {
            if (transactions <= PIPELINED_TRANSACTIONS_MAX) {
                insert(rows);
            } else {
                copy(rows);
            }
            return new WriteResult.Committed();
        } catch (SQLException e) {
            return explain(e);
        } catch (RuntimeException e) {
            var fault = new SQLException("the driver failed", e);
            return commitSent ? new WriteResult.InDoubt(fault) : new WriteResult.Lost(fault);
        }
    }

    /** How many times the lane waited for the database in the last {@link #write}. */
    int roundTrips() {
        return roundTrips;
    }

    private void insert(BatchRows rows) throws SQLException {
        roundTrips = 1;
        var inserts = new InsertRows();
        rows.writeTo(inserts);
        commitSent = true;
        inserts.commit(connection);
    }

    private void copy(BatchRows rows) throws SQLException {
        var block = new InsertRows();
        rows.writeBlock(block);
        rows.writeProgress(block);
        block.begin(connection);
        roundTrips = 2;
        var copyManager = connection.unwrap(PGConnection.class).getCopyAPI();
        rows.eachTable(
                (table, tableRows, order) -> {
                    if (!tableRows.isEmpty()) {
                        tableRows.copy(copyManager, table, order);
                        roundTrips += 2;
                    }
                });
        commitSent = true;
        try (var statement = connection.createStatement()) {
            statement.execute("COMMIT");
            LaneConnection.refuseWarnings(statement.getWarnings());
        }
    }

    /**
     * An error that the server reported in a session that goes on afterwards proves the rollback:
     * what fails after the commit point ends the session. Everything else is in doubt once COMMIT
     * was sent.
     */
    private WriteResult explain(SQLException e) {
        var reported = serverMessage(e);
        if (reported == null || !rolledBack()) {
            return commitSent ? new WriteResult.InDoubt(e) : new WriteResult.Lost(e);
        }
        var state = String.valueOf(e.getSQLState());
        return switch (state) {
            // Also a wait for a stopped writer's half-written rows that took too long.
            case "40001", "40P01", "55P03", "57014" -> new WriteResult.Conflict(state);
            case "23505" ->
                    switch (String.valueOf(reported.getConstraint())) {
                        case "one_block_per_height" -> new WriteResult.Fenced();
                        case "queue_positions_are_unique" -> new WriteResult.Overtaken();
                        default -> new WriteResult.Conflict(state);
                    };
            default -> isForNow(state) ? new WriteResult.Lost(e) : new WriteResult.Refused(e);
        };
    }

    /**
     * Whether the database cannot do anything of this sort now: a full disk, no memory, an operator
     * at work, an input or output error, or a former primary that has become a standby (PostgreSQL
     * documentation, "PostgreSQL Error Codes", classes 53, 57, 58 and 25006).
     */
    private static boolean isForNow(String state) {
        return state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.equals("25006");
    }

    private static @Nullable ServerErrorMessage serverMessage(SQLException e) {
        return e instanceof PSQLException reported ? reported.getServerErrorMessage() : null;
    }

    private boolean rolledBack() {
        try (var statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
            return true;
        } catch (SQLException lost) {
            return false;
        }
    }
}
