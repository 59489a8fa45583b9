package digitalwallet.ledger.posting;

import digitalwallet.ledger.database.LaneConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
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
    private final boolean guarded;
    private int roundTrips;
    private Stage stage = Stage.PREPARING;

    /** How far a batch has got. */
    private enum Stage {
        /** Nothing of it has been sent. */
        PREPARING,
        SENDING,
        /** COMMIT may have been sent. */
        COMMITTING
    }

    /** The rows of one table, ready to be sent. */
    private interface Copy {
        void send(CopyManager copyManager) throws SQLException;
    }

    /**
     * A writer for one batch.
     *
     * @param guarded whether the batch is refused when it is dated too long ago
     */
    BatchWriter(Connection connection, boolean guarded) {
        this.connection = connection;
        this.guarded = guarded;
    }

    /**
     * Tries to commit these rows, of this many transactions.
     *
     * @return how that ended; in doubt about this batch when nobody knows
     */
    PostingResult write(BatchRows rows, int transactions, PostingResult.InDoubtBatch batch) {
        try {
            if (transactions <= PIPELINED_TRANSACTIONS_MAX) {
                insert(rows);
            } else {
                copy(rows);
            }
            return new PostingResult.Committed();
        } catch (SQLException e) {
            return explain(e, batch);
        } catch (RuntimeException | Error e) {
            return explain(e, batch);
        }
    }

    /** How many times the lane waited for the database in the last {@link #write}. */
    int roundTrips() {
        return roundTrips;
    }

    private void insert(BatchRows rows) throws SQLException {
        var inserts = begun(rows);
        rows.writeTo(inserts);
        try (var statement = inserts.prepareCommit(connection)) {
            stage = Stage.COMMITTING;
            InsertRows.run(statement);
        }
        roundTrips = 1;
    }

    private InsertRows begun(BatchRows rows) {
        var inserts = new InsertRows();
        if (guarded) {
            inserts.guard(rows.createdAt());
        }
        return inserts;
    }

    private void copy(BatchRows rows) throws SQLException {
        var block = begun(rows);
        rows.writeBlock(block);
        rows.writeProgress(block);
        var tables = new ArrayList<Copy>();
        rows.eachTable(
                (table, tableRows, order) -> {
                    if (!tableRows.isEmpty()) {
                        tables.add(copyManager -> tableRows.copy(copyManager, table, order));
                    }
                });
        try (var begin = block.prepareBegin(connection)) {
            stage = Stage.SENDING;
            InsertRows.run(begin);
        }
        var copyManager = connection.unwrap(PGConnection.class).getCopyAPI();
        for (var table : tables) {
            table.send(copyManager);
        }
        stage = Stage.COMMITTING;
        try (var statement = connection.createStatement()) {
            statement.execute("COMMIT");
            LaneConnection.refuseWarnings(statement.getWarnings());
        }
        roundTrips = 2 + 2 * tables.size();
    }

    /**
     * An error that the server reported in a session that goes on afterwards proves the rollback:
     * what fails after the commit point ends the session. Everything else is in doubt once COMMIT
     * was sent.
     */
    private PostingResult explain(SQLException e, PostingResult.InDoubtBatch batch) {
        var reported = serverMessage(e);
        var state = SqlStates.of(e);
        if ((reported == null && stage != Stage.PREPARING) || !rolledBack()) {
            return unproven(PostingResult.Lost.by(e), batch);
        }
        if (SqlStates.isCompetition(state)) {
            return new PostingResult.Conflict(state);
        }
        if (SqlStates.isLate(state)) {
            return new PostingResult.Conflict("late");
        }
        if (SqlStates.isTooSlow(state)) {
            return new PostingResult.TimedOut(state, e);
        }
        if (reported != null && state.equals("23505")) {
            return switch (String.valueOf(reported.getConstraint())) {
                case "one_block_per_height" ->
                        new PostingResult.Lost(
                                PostingResult.Lost.Reason.BROKEN,
                                new SQLException("another writer has this lane", e));
                case "queue_positions_are_unique" -> new PostingResult.Overtaken();
                default -> new PostingResult.Conflict(state);
            };
        }
        return SqlStates.isForEverybody(state)
                ? PostingResult.Lost.by(e)
                : new PostingResult.Refused(state, e);
    }

    /** The driver failed, or the rows cannot even be sent. */
    private PostingResult explain(Throwable mistake, PostingResult.InDoubtBatch batch) {
        return stage == Stage.PREPARING && mistake instanceof RuntimeException of
                ? new PostingResult.Refused("preparation", of)
                : unproven(PostingResult.Lost.byMistake(mistake), batch);
    }

    private PostingResult unproven(PostingResult.Lost lost, PostingResult.InDoubtBatch batch) {
        return stage == Stage.COMMITTING ? new PostingResult.InDoubt(batch, lost) : lost;
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
