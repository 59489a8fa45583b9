package digitalwallet.ledger.reading;

import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.ReadFailedException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** What the books hold, for one who compares them with what was published of them. */
public final class KnownTransactions {

    private static final Query KNOWN =
            new Query("SELECT id FROM transaction WHERE id = ANY(?::uuid[])");

    // Lanes have the lowest free numbers, and a lane's last row is its highest. Of the blocks, the
    // last would not do: lanes that begin write some.
    private static final Query LAST_PUBLISHED =
            new Query(
                    """
                    SELECT p.published_at
                    FROM generate_series(1, (SELECT max(lane) FROM published_block)) AS n (lane),
                         LATERAL (SELECT published_at FROM published_block
                                  WHERE published_block.lane = n.lane
                                  ORDER BY height DESC LIMIT 1) AS p
                    ORDER BY p.published_at DESC LIMIT 1\
                    """);

    private final DataSource dataSource;

    /** In these books. */
    public KnownTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Those of these ids that are in the books, posted or rejected.
     *
     * @throws ReadFailedException when the database cannot be asked
     */
    public Set<UUID> among(Collection<UUID> ids) {
        return Query.on(
                dataSource,
                connection ->
                        new HashSet<>(
                                KNOWN.list(
                                        connection,
                                        statement ->
                                                statement.setArray(1, Query.uuids(connection, ids)),
                                        row -> row.getObject(1, UUID.class))));
    }

    /**
     * When events were published last, as the books say; empty when none were.
     *
     * @throws ReadFailedException when the database cannot be asked
     */
    public Optional<Instant> lastPublished() {
        return Query.on(
                dataSource,
                connection ->
                        LAST_PUBLISHED.first(connection, _ -> {}, row -> Query.instant(row, 1)));
    }
}
