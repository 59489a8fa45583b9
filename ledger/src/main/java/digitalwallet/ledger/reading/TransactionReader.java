package digitalwallet.ledger.reading;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Entry;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.Transaction.EntryKey;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.database.AccountRows;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.ReadFailedException;
import digitalwallet.ledger.database.RefundRows;
import digitalwallet.ledger.database.TransactionRows;
import digitalwallet.ledger.reading.TransactionView.EntryView;
import digitalwallet.ledger.reading.TransactionView.Refunding;
import digitalwallet.money.Money;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transactions, one by one or searched. */
public final class TransactionReader {

    /**
     * Materialized, so that each entry is found by its whole key: joined with its account in one
     * step, it would be looked for among all entries of the account.
     */
    private static final Query ENTRIES =
            new Query(
                    """
                    WITH named AS MATERIALIZED (
                        SELECT k.place, e.account_id, e.version, e.transaction_id, e.amount,
                               e.balance_after, e.floor, e.status, e.created_at
                        FROM unnest(?::uuid[], ?::bigint[]) WITH ORDINALITY
                            AS k (account_id, version, place)
                        JOIN entry e ON e.account_id = k.account_id AND e.version = k.version)
                    SELECT a.owner, a.kind, a.currency, a.stripe, n.account_id, n.version,
                           n.transaction_id, n.amount, n.balance_after, n.floor, n.status,
                           n.created_at
                    FROM named n
                    JOIN account a ON a.id = n.account_id
                    ORDER BY n.place\
                    """);

    private final DataSource dataSource;

    /** Reads with connections of this pool, each for one call. */
    public TransactionReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * One transaction, posted or rejected, with its entries; empty when there is none.
     *
     * @throws ReadFailedException when the database fails
     */
    public Optional<TransactionView> transaction(UUID id) {
        return Query.on(
                dataSource,
                connection -> {
                    var transaction = TransactionRows.byId(connection, List.of(id)).get(id);
                    return transaction == null
                            ? Optional.empty()
                            : Optional.of(
                                    new TransactionView(
                                            transaction,
                                            entries(connection, transaction),
                                            refunding(connection, transaction)));
                });
    }

    private static Refunding refunding(Connection connection, Transaction transaction)
            throws SQLException {
        var id = transaction.id();
        if (transaction.isPosted() && transaction.type() == TransactionType.REFUND) {
            var draws = RefundRows.draws(connection, List.of(transaction));
            return new Refunding.OfRefund(draws.getOrDefault(id, List.of()));
        }
        if (transaction.type() != TransactionType.PURCHASE) {
            return new Refunding.None();
        }
        var purchase = RefundRows.purchases(connection, List.of(id)).get(id);
        return purchase == null
                ? new Refunding.None()
                : new Refunding.OfPurchase(
                        new Money(purchase.refunded(), purchase.currency()),
                        new Money(
                                RefundRows.refundable(connection, purchase), purchase.currency()));
    }

    /**
     * A page of the transactions that pass a filter.
     *
     * @param after where the page before ended; null for the first
     * @param limit at least 1
     * @throws ReadFailedException when the database fails
     */
    public TransactionPage transactions(
            TransactionPage.Filter filter, @Nullable UUID after, int limit) {
        return Query.inOneSnapshot(
                dataSource, connection -> TransactionSearch.page(connection, filter, after, limit));
    }

    private static List<EntryView> entries(Connection connection, Transaction transaction)
            throws SQLException {
        if (transaction.entries().isEmpty()) {
            return List.of();
        }
        var keys = transaction.entries();
        return ENTRIES.list(
                connection,
                statement -> {
                    var ids = keys.stream().map(EntryKey::accountId).toList();
                    statement.setArray(1, Query.uuids(connection, ids));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "bigint", keys.stream().map(EntryKey::version).toArray()));
                },
                TransactionReader::entry);
    }

    private static EntryView entry(ResultSet row) throws SQLException {
        long floor = row.getLong(10);
        boolean withoutFloor = row.wasNull();
        return new EntryView(
                AccountRows.name(row, 1),
                new Entry(
                        row.getObject(5, UUID.class),
                        row.getLong(6),
                        row.getObject(7, UUID.class),
                        row.getLong(8),
                        row.getLong(9),
                        withoutFloor ? null : Long.valueOf(floor),
                        AccountStatus.of(row.getShort(11)),
                        Query.instant(row, 12)));
    }
}
