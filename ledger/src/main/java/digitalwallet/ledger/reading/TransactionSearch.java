package digitalwallet.ledger.reading;

import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.TransactionRows;
import digitalwallet.ledger.database.UuidOrder;
import digitalwallet.ledger.reading.TransactionPage.Filter;
import digitalwallet.ledger.reading.TransactionPage.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The search for transactions: ids first, by the best index there is, then what they stand for. */
final class TransactionSearch {

    /**
     * The time in an id is that of the command, created_at that of its posting. created_at decides;
     * ids only spare the search what cannot be meant: a command was made at most a day before its
     * posting, and by a clock that is less than an hour ahead.
     */
    private static final Duration WAITED_MAX = Duration.ofDays(1);

    private static final Duration AHEAD_MAX = Duration.ofHours(1);

    /** So many transactions are looked at without an index; then the page is what was found. */
    private static final int EXAMINED_MAX = 10_000;

    private static final UUID ABOVE_ALL = new UUID(-1, -1);
    private static final UUID BELOW_ALL = new UUID(0, 0);

    private static final String PASSES =
            """
              AND (?::text IS NULL OR order_id = ?)
              AND (?::text IS NULL OR initiated_by = ?)
              AND (?::integer IS NULL OR type = ?)
              AND (?::boolean IS NULL OR (rejection_code IS NOT NULL) = ?)
              AND (?::timestamptz IS NULL OR created_at > ?)
              AND (?::timestamptz IS NULL OR created_at <= ?)
            ORDER BY id DESC LIMIT ?\
            """;
    private static final Query BY_BANK_REFERENCE =
            new Query(
                    """
                    SELECT id FROM transaction
                    WHERE bank_reference = ? AND id < ? AND id >= ?
                    """
                            + PASSES);
    private static final Query BY_ORDER =
            new Query(
                    """
                    SELECT id FROM transaction
                    WHERE order_id = ? AND id < ? AND id >= ?
                    """
                            + PASSES);
    private static final Query BY_ID =
            new Query(
                    """
                    SELECT id FROM (
                        SELECT id, type, rejection_code, order_id, initiated_by, created_at
                        FROM transaction WHERE id < ? AND id >= ?
                        ORDER BY id DESC LIMIT ?) newest
                    WHERE TRUE
                    """
                            + PASSES);
    private static final Query LAST_EXAMINED =
            new Query(
                    """
                    SELECT id FROM transaction WHERE id < ? AND id >= ?
                    ORDER BY id DESC OFFSET ? LIMIT 1\
                    """);

    private final Filter filter;
    private final UUID below;
    private final UUID atLeast;
    private final int limit;

    private TransactionSearch(Filter filter, @Nullable UUID after, int limit) {
        this.filter = filter;
        this.limit = limit;
        var to = filter.to();
        var from = filter.from();
        var upper = to == null ? ABOVE_ALL : firstId(Query.before(to).plus(AHEAD_MAX));
        below = after == null || isBelow(upper, after) ? upper : after;
        atLeast = from == null ? BELOW_ALL : firstId(Query.before(from).minus(WAITED_MAX));
    }

    static TransactionPage page(
            Connection connection, Filter filter, @Nullable UUID after, int limit)
            throws SQLException {
        return new TransactionSearch(filter, after, limit).page(connection);
    }

    private TransactionPage page(Connection connection) throws SQLException {
        var ids = ids(connection);
        boolean full = ids.size() > limit;
        var found = full ? ids.subList(0, limit) : ids;
        var transactions = TransactionRows.byId(connection, found);
        List<Transaction> page = new ArrayList<>(found.size());
        found.forEach(id -> page.add(Objects.requireNonNull(transactions.get(id))));
        return new TransactionPage(
                List.copyOf(page), full ? found.getLast() : lastExamined(connection));
    }

    private List<UUID> ids(Connection connection) throws SQLException {
        if (filter.bankReference() != null) {
            return ids(connection, BY_BANK_REFERENCE, filter.bankReference());
        }
        if (filter.orderId() != null) {
            return ids(connection, BY_ORDER, filter.orderId());
        }
        return BY_ID.list(
                connection,
                statement -> {
                    statement.setObject(1, below);
                    statement.setObject(2, atLeast);
                    statement.setInt(3, EXAMINED_MAX);
                    bindFilter(statement, 4);
                },
                row -> row.getObject(1, UUID.class));
    }

    private List<UUID> ids(Connection connection, Query query, Object indexed) throws SQLException {
        return query.list(
                connection,
                statement -> {
                    statement.setObject(1, indexed);
                    statement.setObject(2, below);
                    statement.setObject(3, atLeast);
                    bindFilter(statement, 4);
                },
                row -> row.getObject(1, UUID.class));
    }

    /** Where a search without an index stopped before the end; null when it came to the end. */
    private @Nullable UUID lastExamined(Connection connection) throws SQLException {
        if (filter.bankReference() != null || filter.orderId() != null) {
            return null;
        }
        return LAST_EXAMINED
                .first(
                        connection,
                        statement -> {
                            statement.setObject(1, below);
                            statement.setObject(2, atLeast);
                            statement.setInt(3, EXAMINED_MAX - 1);
                        },
                        row -> row.getObject(1, UUID.class))
                .orElse(null);
    }

    private void bindFilter(PreparedStatement statement, int first) throws SQLException {
        var type = filter.type();
        var status = filter.status();
        int next = first;
        next = bindTwice(statement, next, filter.orderId(), Types.VARCHAR);
        next = bindTwice(statement, next, filter.initiatedBy(), Types.VARCHAR);
        next = bindTwice(statement, next, type == null ? null : type.number(), Types.INTEGER);
        next =
                bindTwice(
                        statement,
                        next,
                        status == null ? null : status == Status.REJECTED,
                        Types.BOOLEAN);
        next = bindTwice(statement, next, before(filter.from()), Types.TIMESTAMP_WITH_TIMEZONE);
        next = bindTwice(statement, next, before(filter.to()), Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setInt(next, limit + 1);
    }

    private static int bindTwice(
            PreparedStatement statement, int index, @Nullable Object value, int type)
            throws SQLException {
        statement.setObject(index, value, type);
        statement.setObject(index + 1, value, type);
        return index + 2;
    }

    private static @Nullable OffsetDateTime before(@Nullable Instant time) {
        return time == null ? null : Query.timestamp(Query.before(time));
    }

    /** The lowest id of version 7 made in this millisecond; ids begin in 1970. */
    private static UUID firstId(Instant time) {
        return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
    }

    private static boolean isBelow(UUID a, UUID b) {
        return UuidOrder.OF_POSTGRESQL.compare(a, b) < 0;
    }
}
