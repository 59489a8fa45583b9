package digitalwallet.ledger.database;

import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.PurchaseState;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Purchases with what was refunded of them, and refunds with what they drew on. */
public final class RefundRows {

    private static final Query PURCHASES =
            new Query(
                    TypeNumbers.in(
                            """
                            SELECT t.id, t.user_id, t.currency, t.order_id, t.amount,
                                   r.refunded_after, r.number
                            FROM transaction t
                            LEFT JOIN LATERAL (
                                SELECT refunded_after, number FROM refund
                                WHERE purchase_id = t.id ORDER BY number DESC LIMIT 1) r ON true
                            WHERE t.type = {PURCHASE} AND t.rejection_code IS NULL
                                AND t.id = ANY(?::uuid[])\
                            """));
    private static final Query DRAWS =
            new Query(
                    """
                    SELECT r.transaction_id, r.purchase_id, r.amount,
                           r.purchase_amount - r.refunded_after, p.currency
                    FROM refund r JOIN transaction p ON p.id = r.purchase_id
                    WHERE r.transaction_id = ANY(?::uuid[]) ORDER BY p.versions[1]\
                    """);

    private record Row(UUID refundId, Outcome.Draw draw) {}

    private RefundRows() {}

    /** Those of these transactions that are posted purchases, by id. */
    public static Map<UUID, PurchaseState> purchases(Connection connection, Collection<UUID> ids)
            throws SQLException {
        var purchases = new HashMap<UUID, PurchaseState>();
        PURCHASES.list(
                connection,
                statement -> statement.setArray(1, Query.uuids(connection, ids)),
                row -> purchases.put(row.getObject(1, UUID.class), purchase(row)));
        return purchases;
    }

    /** What the posted refunds among these drew on, oldest purchase first, by refund. */
    public static Map<UUID, List<Outcome.Draw>> draws(
            Connection connection, Collection<Transaction> transactions) throws SQLException {
        var refunds =
                transactions.stream()
                        .filter(Transaction::isPosted)
                        .filter(transaction -> transaction.type() == TransactionType.REFUND)
                        .map(Transaction::id)
                        .toList();
        if (refunds.isEmpty()) {
            return Map.of();
        }
        var draws = new HashMap<UUID, List<Outcome.Draw>>();
        DRAWS.list(
                        connection,
                        statement -> statement.setArray(1, Query.uuids(connection, refunds)),
                        RefundRows::draw)
                .forEach(
                        row ->
                                draws.computeIfAbsent(row.refundId(), _ -> new ArrayList<>())
                                        .add(row.draw()));
        return draws;
    }

    /**
     * What refunds may still take of a purchase, in minor units: what is left of it, and not more
     * than its order allows.
     */
    public static long refundable(Connection connection, PurchaseState purchase)
            throws SQLException {
        var order = purchase.order();
        if (order == null || purchase.left() == 0) {
            return purchase.left();
        }
        var loaded = OrderPurchases.load(connection, Map.of(order, purchase.left()));
        var state = loaded.orders().get(order);
        return state == null || state.credited() == 0
                ? purchase.left()
                : Math.min(purchase.left(), state.refundable(loaded.left(state)));
    }

    private static PurchaseState purchase(ResultSet row) throws SQLException {
        // No refund yet: both columns of the lateral join are null, which JDBC reads as zero.
        return new PurchaseState(
                row.getString(2),
                CurrencyCode.of(row.getString(3)),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7));
    }

    private static Row draw(ResultSet row) throws SQLException {
        var currency = CurrencyCode.of(row.getString(5));
        return new Row(
                row.getObject(1, UUID.class),
                new Outcome.Draw(
                        row.getObject(2, UUID.class),
                        new Money(row.getLong(3), currency),
                        new Money(row.getLong(4), currency)));
    }
}
