package digitalwallet.ledger.posting;

import digitalwallet.ledger.database.TypeNumbers;
import digitalwallet.ledger.decide.BatchView.Order;
import digitalwallet.ledger.decide.BatchView.PurchaseState;
import digitalwallet.money.CurrencyCode;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The purchases that a batch's refunds may draw on, with what was refunded of them so far. */
final class PurchaseLoader {

    private static final String PURCHASES =
            TypeNumbers.in(
                    """
                    SELECT t.id, t.user_id, t.currency, t.order_id, t.amount, r.refunded_after,
                           r.number
                    FROM transaction t
                    LEFT JOIN LATERAL (
                        SELECT refunded_after, number FROM refund
                        WHERE purchase_id = t.id ORDER BY number DESC LIMIT 1) r ON true
                    WHERE t.type = {PURCHASE} AND t.rejection_code IS NULL
                    """);
    private static final String BY_ID = PURCHASES + "AND t.id = ANY(?::uuid[])";
    // The first entry of a purchase is the wallet's: its version tells the order, no clock does.
    private static final String BY_ORDER =
            PURCHASES
                    + """
                    AND t.order_id = ANY(?::text[]) AND t.user_id = ANY(?::text[])
                    ORDER BY t.versions[1]\
                    """;

    private final Connection connection;
    private final Map<UUID, PurchaseState> purchases = new HashMap<>();
    private final Map<Order, List<UUID>> orders = new HashMap<>();

    PurchaseLoader(Connection connection) {
        this.connection = connection;
    }

    /** Loads what these plans refer to; returns how many round trips it took. */
    int load(List<UnitPlan> plans) throws SQLException {
        var ids = new LinkedHashSet<UUID>();
        var wanted = new LinkedHashSet<Order>();
        for (var plan : plans) {
            ids.addAll(plan.purchases());
            wanted.addAll(plan.orders());
        }
        int roundTrips = 0;
        if (!ids.isEmpty()) {
            loadByIds(ids);
            roundTrips++;
        }
        if (!wanted.isEmpty()) {
            loadByOrders(wanted);
            roundTrips++;
        }
        return roundTrips;
    }

    Map<UUID, PurchaseState> purchases() {
        return purchases;
    }

    Map<Order, List<UUID>> orders() {
        return orders;
    }

    private void loadByIds(Set<UUID> ids) throws SQLException {
        try (var statement = connection.prepareStatement(BY_ID)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    purchases.put(rows.getObject(1, UUID.class), state(rows));
                }
            }
        }
    }

    private void loadByOrders(Set<Order> wanted) throws SQLException {
        try (var statement = connection.prepareStatement(BY_ORDER)) {
            statement.setArray(1, texts(wanted.stream().map(Order::orderId).toList()));
            statement.setArray(2, texts(wanted.stream().map(Order::userId).toList()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var id = rows.getObject(1, UUID.class);
                    var purchase = state(rows);
                    var order =
                            new Order(purchase.userId(), purchase.currency(), rows.getString(4));
                    if (wanted.contains(order)) {
                        purchases.put(id, purchase);
                        orders.computeIfAbsent(order, _ -> new ArrayList<>()).add(id);
                    }
                }
            }
        }
    }

    private Array texts(List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static PurchaseState state(ResultSet row) throws SQLException {
        // No refund yet: both columns of the lateral join are null, which JDBC reads as zero.
        return new PurchaseState(
                row.getString(2),
                CurrencyCode.of(row.getString(3)),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7));
    }
}
