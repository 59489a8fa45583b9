package digitalwallet.ledger.database;

import digitalwallet.ledger.Order;
import digitalwallet.ledger.OrderState;
import digitalwallet.ledger.PurchaseState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The orders that refunds name, with as many of their purchases as the refunds need: however often
 * an order id was used, a refund costs a bounded number of rows of its own user.
 */
public final class OrderPurchases {

    /** So many purchases of an order are looked at for one batch, from the first with a rest. */
    public static final int EXAMINED_MAX = 1_000;

    /** Nearly every order has fewer; what they are is asked for only when these do not suffice. */
    private static final int EXAMINED_FIRST = 20;

    /** More than can be counted: nothing is refundable then. */
    private static final long UNCOUNTED = Long.MAX_VALUE / 2;

    private static final String NAMED =
            """
            t.user_id = w.user_id AND lower(t.order_id) = w.folded_id
                AND t.order_id IS NOT NULL AND t.rejection_code IS NULL\
            """;

    // The first entry of a purchase or refund is the wallet's: its version tells the order, no
    // clock does. A refund by order draws on the oldest purchases that have a rest, so before the
    // last one that the latest of them drew on (d) nothing is left. What was refunded before the
    // first purchase (f) is credit (c).
    private static final String ORDERS =
            """
            SELECT w.place, s.sold, c.credited, c.credits, p.id, p.order_id, p.amount,
                   r.refunded_after, r.number
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY
                AS w (user_id, order_id, folded_id, currency, place)
            LEFT JOIN LATERAL (
                SELECT TRUE AS sold FROM transaction t
                WHERE {named} AND t.type = {PURCHASE} LIMIT 1) s ON TRUE
            LEFT JOIN LATERAL (
                SELECT t.versions[1] AS version FROM transaction t
                WHERE {named} AND t.type = {PURCHASE} AND t.currency = w.currency
                ORDER BY t.versions[1] LIMIT 1) f ON TRUE
            LEFT JOIN LATERAL (
                SELECT sum(e.amount)::bigint AS credited, count(*) AS credits FROM (
                    SELECT t.amount FROM transaction t
                    WHERE {named} AND t.type = {REFUND} AND t.currency = w.currency
                        AND t.versions[1] < coalesce(f.version, {never})
                    ORDER BY t.versions[1] LIMIT {more}) e) c ON TRUE
            LEFT JOIN LATERAL (
                SELECT max(b.versions[1]) AS version FROM (
                    SELECT e.id FROM (
                        SELECT t.id, t.order_id, t.related_transaction_id, t.versions
                        FROM transaction t
                        WHERE {named} AND t.type = {REFUND} AND t.currency = w.currency
                        ORDER BY t.versions[1] DESC LIMIT 20) e
                    WHERE e.order_id = w.order_id AND e.related_transaction_id IS NULL
                    ORDER BY e.versions[1] DESC LIMIT 1) l
                JOIN refund drawn ON drawn.transaction_id = l.id
                JOIN transaction b ON b.id = drawn.purchase_id) d ON TRUE
            LEFT JOIN LATERAL (
                SELECT t.id, t.order_id, t.amount, t.versions[1] AS version FROM transaction t
                WHERE {named} AND t.type = {PURCHASE} AND t.currency = w.currency
                    AND t.versions[1] >= coalesce(d.version, 1)
                ORDER BY t.versions[1] LIMIT {examined}) p ON TRUE
            LEFT JOIN LATERAL (
                SELECT refunded_after, number FROM refund
                WHERE purchase_id = p.id ORDER BY number DESC LIMIT 1) r ON TRUE
            ORDER BY w.place, p.version\
            """;
    private static final Query FIRST = query(EXAMINED_FIRST);
    private static final Query ALL = query(EXAMINED_MAX);

    private final Map<Order, OrderState> orders = new HashMap<>();
    private final Map<UUID, PurchaseState> purchases = new HashMap<>();
    private int roundTrips;

    private record Row(
            int place,
            boolean sold,
            long credited,
            @Nullable UUID id,
            @Nullable String orderId,
            long amount,
            long refunded,
            int refunds) {}

    private OrderPurchases() {}

    /**
     * Loads orders.
     *
     * @param needed by order, what refunds may want to draw on it, in minor units
     */
    public static OrderPurchases load(Connection connection, Map<Order, Long> needed)
            throws SQLException {
        var found = new OrderPurchases();
        found.load(connection, FIRST, EXAMINED_FIRST, List.copyOf(needed.keySet()));
        var insufficient = new ArrayList<Order>();
        needed.forEach(
                (order, amount) -> {
                    var state = found.orders.getOrDefault(order, OrderState.NONE);
                    if (!state.complete() && state.refundable(found.left(state)) < amount) {
                        insufficient.add(order);
                    }
                });
        found.load(connection, ALL, EXAMINED_MAX, insufficient);
        return found;
    }

    /** What counts for their refunds. */
    public Map<Order, OrderState> orders() {
        return orders;
    }

    /** Their purchases by id. */
    public Map<UUID, PurchaseState> purchases() {
        return purchases;
    }

    /** What is left of the purchases of an order that were looked at, in minor units. */
    public long left(OrderState order) {
        long left = 0;
        for (var id : order.purchases()) {
            var purchase = purchases.get(id);
            left = Math.addExact(left, purchase == null ? 0 : purchase.left());
        }
        return left;
    }

    /** How many times the database was waited for. */
    public int roundTrips() {
        return roundTrips;
    }

    private void load(Connection connection, Query query, int examinedMax, List<Order> wanted)
            throws SQLException {
        if (wanted.isEmpty()) {
            return;
        }
        roundTrips++;
        var rows = new LinkedHashMap<Integer, List<Row>>();
        query.list(
                        connection,
                        statement -> bind(connection, statement, wanted),
                        OrderPurchases::row)
                .forEach(row -> rows.computeIfAbsent(row.place(), _ -> new ArrayList<>()).add(row));
        rows.forEach((place, found) -> keep(wanted.get(place - 1), found, examinedMax));
    }

    private void keep(Order order, List<Row> rows, int examinedMax) {
        // An order without purchases has one row, without a purchase.
        var ids = new ArrayList<UUID>(rows.size());
        for (var row : rows) {
            // Another case is another order; it was looked at for nothing.
            var id = row.id();
            if (id != null && order.orderId().equals(row.orderId())) {
                ids.add(id);
                purchases.put(
                        id,
                        new PurchaseState(
                                order.userId(),
                                order.currency(),
                                order.orderId(),
                                row.amount(),
                                row.refunded(),
                                row.refunds()));
            }
        }
        var first = rows.getFirst();
        boolean complete = rows.size() < examinedMax;
        orders.put(order, new OrderState(ids, complete, first.credited(), first.sold()));
    }

    private static Row row(ResultSet row) throws SQLException {
        // What a lateral join did not find is null, which JDBC reads as zero or false.
        boolean countable = row.getLong(4) <= EXAMINED_MAX;
        return new Row(
                row.getInt(1),
                row.getBoolean(2),
                countable ? row.getLong(3) : UNCOUNTED,
                row.getObject(5, UUID.class),
                row.getString(6),
                row.getLong(7),
                row.getLong(8),
                row.getInt(9));
    }

    private static void bind(Connection connection, PreparedStatement statement, List<Order> orders)
            throws SQLException {
        statement.setArray(1, texts(connection, orders.stream().map(Order::userId).toList()));
        statement.setArray(2, texts(connection, orders.stream().map(Order::orderId).toList()));
        var folded = orders.stream().map(order -> order.folded().orderId()).toList();
        statement.setArray(3, texts(connection, folded));
        var currencies = orders.stream().map(order -> order.currency().code()).toList();
        statement.setArray(4, texts(connection, currencies));
    }

    private static Array texts(Connection connection, List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static Query query(int examinedMax) {
        return new Query(
                TypeNumbers.in(
                        ORDERS.replace("{named}", NAMED)
                                .replace("{never}", Long.toString(Long.MAX_VALUE))
                                .replace("{more}", Integer.toString(EXAMINED_MAX + 1))
                                .replace("{examined}", Integer.toString(examinedMax))));
    }
}
