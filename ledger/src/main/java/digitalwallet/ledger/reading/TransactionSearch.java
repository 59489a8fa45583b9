package digitalwallet.ledger.reading;

import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.TransactionRows;
import digitalwallet.ledger.database.UuidOrder;
import digitalwallet.ledger.reading.TransactionPage.Filter;
import digitalwallet.ledger.reading.TransactionPage.Status;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The search for transactions: ids first, by the best index there is, then what they stand for. The
 * time of posting decides. Ids only spare the search what cannot be meant; those that say quite
 * another time are looked for apart.
 */
final class TransactionSearch {

    /** So many transactions are looked at without an index; then the page is what was found. */
    private static final int EXAMINED_MAX = 10_000;

    private static final UUID ABOVE_ALL = new UUID(-1, -1);
    private static final UUID BELOW_ALL = new UUID(0, 0);

    private static final String PASSES =
            """
              AND (?::text IS NULL OR user_id = ? OR to_user_id = ?)
              AND (?::text IS NULL OR currency = ?)
              AND (?::text IS NULL OR order_id = ?)
              AND (?::text IS NULL OR initiated_by = ?)
              AND (?::integer[] IS NULL OR type = ANY (?))
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
                        SELECT id, type, rejection_code, user_id, to_user_id, currency, order_id,
                               initiated_by, created_at
                        FROM transaction WHERE id < ? AND id >= ?
                        ORDER BY id DESC LIMIT ?) newest
                    WHERE TRUE
                    """
                            + PASSES);
    private static final Query DISTANT =
            new Query(
                    """
                    SELECT id FROM (
                        SELECT t.id, type, rejection_code, user_id, to_user_id, currency, order_id,
                               initiated_by, created_at
                        FROM distant_id d JOIN transaction t ON t.id = d.id
                        WHERE d.id < ? AND (d.id < ? OR d.id >= ?)
                          AND d.posted_at > ? AND d.posted_at <= ?
                        ORDER BY d.id DESC LIMIT ?) newest
                    WHERE TRUE
                    """
                            + PASSES);
    private static final Query LAST_DISTANT =
            new Query(
                    """
                    SELECT id FROM distant_id
                    WHERE id < ? AND (id < ? OR id >= ?) AND posted_at > ? AND posted_at <= ?
                    ORDER BY id DESC OFFSET ? LIMIT 1\
                    """);
    private static final Query LAST_EXAMINED =
            new Query(
                    """
                    SELECT id FROM transaction WHERE id < ? AND id >= ?
                    ORDER BY id DESC OFFSET ? LIMIT 1\
                    """);

    private final Filter filter;
    private final UUID before;
    private final UUID above;
    private final UUID below;
    private final UUID atLeast;
    private final int limit;

    private TransactionSearch(Filter filter, @Nullable UUID after, int limit) {
        this.filter = filter;
        this.limit = limit;
        var to = filter.to();
        var from = filter.from();
        before = after == null ? ABOVE_ALL : after;
        above =
                to == null
                        ? ABOVE_ALL
                        : firstId(Query.before(to).plus(Transaction.MADE_AHEAD_MAX).plusMillis(1));
        below = isBelow(above, before) ? above : before;
        atLeast =
                from == null
                        ? BELOW_ALL
                        : firstId(Query.before(from).minus(Transaction.MADE_BEFORE_MAX));
    }

    static TransactionPage page(
            Connection connection, Filter filter, @Nullable UUID after, int limit)
            throws SQLException {
        return new TransactionSearch(filter, after, limit).page(connection);
    }

    private TransactionPage page(Connection connection) throws SQLException {
        var found = ids(connection);
        var distant = isIndexed() ? List.<UUID>of() : distant(connection);
        found.addAll(distant);
        found.sort(UuidOrder.OF_POSTGRESQL.reversed());
        var last =
                isIndexed() || (found.size() > limit && distant.isEmpty())
                        ? null
                        : lastExamined(connection);
        if (last != null) {
            // What is below belongs to a later page, after what has not been looked at yet.
            found.removeIf(id -> isBelow(id, last));
        }
        boolean full = found.size() > limit;
        var ids = full ? found.subList(0, limit) : found;
        var transactions = TransactionRows.byId(connection, ids);
        List<Transaction> page = new ArrayList<>(ids.size());
        ids.forEach(id -> page.add(Objects.requireNonNull(transactions.get(id))));
        return new TransactionPage(List.copyOf(page), full ? ids.getLast() : last);
    }

    private boolean isIndexed() {
        return filter.bankReference() != null || filter.orderId() != null;
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
                TransactionSearch::id);
    }

    private List<UUID> distant(Connection connection) throws SQLException {
        return DISTANT.list(
                connection,
                statement -> {
                    bindDistant(statement);
                    statement.setInt(6, EXAMINED_MAX);
                    bindFilter(statement, 7);
                },
                TransactionSearch::id);
    }

    /** By an index that finds few: their ids may say any time. */
    private List<UUID> ids(Connection connection, Query query, Object indexed) throws SQLException {
        return query.list(
                connection,
                statement -> {
                    statement.setObject(1, indexed);
                    statement.setObject(2, before);
                    statement.setObject(3, BELOW_ALL);
                    bindFilter(statement, 4);
                },
                TransactionSearch::id);
    }

    /** Those outside of the ids that the time of posting suggests, and posted at that time. */
    private void bindDistant(PreparedStatement statement) throws SQLException {
        var from = filter.from();
        var to = filter.to();
        statement.setObject(1, before);
        statement.setObject(2, atLeast);
        statement.setObject(3, above);
        statement.setObject(4, before(from == null ? Instant.MIN : from));
        statement.setObject(5, before(to == null ? Instant.MAX : to));
    }

    /** Where a search without an index stopped before the end; null when it came to the end. */
    private @Nullable UUID lastExamined(Connection connection) throws SQLException {
        var last =
                LAST_EXAMINED.first(
                        connection,
                        statement -> {
                            statement.setObject(1, below);
                            statement.setObject(2, atLeast);
                            statement.setInt(3, EXAMINED_MAX - 1);
                        },
                        TransactionSearch::id);
        var distant =
                LAST_DISTANT.first(
                        connection,
                        statement -> {
                            bindDistant(statement);
                            statement.setInt(6, EXAMINED_MAX - 1);
                        },
                        TransactionSearch::id);
        return Stream.concat(last.stream(), distant.stream())
                .max(UuidOrder.OF_POSTGRESQL)
                .orElse(null);
    }

    private static UUID id(ResultSet row) throws SQLException {
        return row.getObject(1, UUID.class);
    }

    private void bindFilter(PreparedStatement statement, int first) throws SQLException {
        var status = filter.status();
        int next = first;
        var party = filter.party();
        var currency = filter.currency();
        var userId = party == null ? null : party.userId();
        next = bindTwice(statement, next, userId, Types.VARCHAR);
        boolean orReceiver = party != null && party.orReceiver();
        statement.setString(next++, orReceiver ? userId : null);
        next = bindTwice(statement, next, currency == null ? null : currency.code(), Types.VARCHAR);
        next = bindTwice(statement, next, filter.orderId(), Types.VARCHAR);
        next = bindTwice(statement, next, filter.initiatedBy(), Types.VARCHAR);
        next = bindTwice(statement, next, types(statement.getConnection()), Types.ARRAY);
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

    private @Nullable Array types(Connection connection) throws SQLException {
        var numbers = filter.types().stream().map(TransactionType::number).toArray();
        return numbers.length == 0 ? null : connection.createArrayOf("integer", numbers);
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
