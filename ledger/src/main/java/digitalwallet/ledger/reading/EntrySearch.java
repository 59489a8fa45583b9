package digitalwallet.ledger.reading;

import digitalwallet.ledger.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** Finds the version an account had at a time, in as many probes as its latest version has bits. */
final class EntrySearch {

    /**
     * Times never run back along an account's versions, so the primary key can be halved: the
     * answer lies in [low, high], 0 standing for "before the first"; the last low is the answer.
     */
    private static final Query VERSION_AT =
            new Query(
                    """
                    WITH RECURSIVE search (low, high) AS (
                        (SELECT 0::bigint, version FROM entry
                         WHERE account_id = ? ORDER BY version DESC LIMIT 1)
                        UNION ALL
                        SELECT CASE WHEN e.created_at <= ? THEN e.version ELSE s.low END,
                               CASE WHEN e.created_at <= ? THEN s.high ELSE e.version - 1 END
                        FROM search s
                        CROSS JOIN LATERAL (
                            SELECT version, created_at FROM entry
                            WHERE account_id = ? AND version = s.low + (s.high - s.low + 1) / 2) e
                        WHERE s.low < s.high)
                    SELECT coalesce(max(low), 0) FROM search\
                    """);

    private EntrySearch() {}

    /**
     * The latest version made at or before this time; 0 when there was none yet.
     *
     * @param time to the microsecond, see {@link Query#atOrBefore} and {@link Query#before}
     */
    static long versionAt(Connection connection, UUID accountId, Instant time) throws SQLException {
        return VERSION_AT
                .first(
                        connection,
                        statement -> {
                            statement.setObject(1, accountId);
                            statement.setObject(2, Query.timestamp(time));
                            statement.setObject(3, Query.timestamp(time));
                            statement.setObject(4, accountId);
                        },
                        row -> row.getLong(1))
                .orElse(0L);
    }
}
