package digitalwallet.ledger.reading;

import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.ReadFailedException;
import digitalwallet.ledger.database.RecordedOutcomes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** What became of commands, for callers who did not wait for them. */
public final class OutcomeReader {

    private static final Query KEY = new Query("SELECT 1 FROM idempotency WHERE key = ?");

    private final DataSource dataSource;

    /** Reads with connections of this pool, each for one call. */
    public OutcomeReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The outcome of the command with this transaction id; empty while there is none.
     *
     * @throws ReadFailedException when the database fails
     */
    public Optional<Outcome.Recorded> outcome(UUID transactionId) {
        return Query.on(
                dataSource,
                connection ->
                        Optional.ofNullable(
                                RecordedOutcomes.load(connection, List.of(transactionId))
                                        .get(transactionId)));
    }

    /**
     * Whether a command under this key has its outcome.
     *
     * @throws ReadFailedException when the database fails
     */
    public boolean isTaken(IdempotencyKey key) {
        return Query.on(
                dataSource,
                connection ->
                        KEY.first(
                                        connection,
                                        statement -> statement.setObject(1, key.id()),
                                        row -> row.getInt(1))
                                .isPresent());
    }
}
