package digitalwallet.ledger.posting;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Order;
import digitalwallet.ledger.OrderState;
import digitalwallet.ledger.PurchaseState;
import digitalwallet.ledger.database.OrderPurchases;
import digitalwallet.ledger.database.RefundRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The purchases and orders that a batch's refunds may draw on, with what was refunded of them so
 * far. Whatever changes one of them takes a version of the wallet that the refund takes one of,
 * too: a batch that decided on an older sum cannot be inserted.
 */
final class PurchaseLoader {

    private final Connection connection;
    private final Map<UUID, PurchaseState> purchases = new HashMap<>();
    private final Map<Order, OrderState> orders = new HashMap<>();

    PurchaseLoader(Connection connection) {
        this.connection = connection;
    }

    /** Loads what these plans refer to; returns how many round trips it took. */
    int load(List<UnitPlan> plans) throws SQLException {
        var refunds = plans.stream().flatMap(plan -> plan.refunds().stream()).toList();
        if (refunds.isEmpty()) {
            return 0;
        }
        int roundTrips = 0;
        var ids = new HashSet<UUID>();
        refunds.stream().map(Command.Refund::purchaseId).filter(Objects::nonNull).forEach(ids::add);
        if (!ids.isEmpty()) {
            purchases.putAll(RefundRows.purchases(connection, ids));
            roundTrips++;
            ids.removeAll(purchases.keySet());
        }
        var made = ids.isEmpty() ? Map.<UUID, Order>of() : made(plans, ids);
        var needed = new HashMap<Order, Long>();
        for (var refund : refunds) {
            var order = order(refund, made);
            if (order != null) {
                needed.merge(order, refund.amount().minorUnits(), PurchaseLoader::atMost);
            }
        }
        var loaded = OrderPurchases.load(connection, needed);
        purchases.putAll(loaded.purchases());
        orders.putAll(loaded.orders());
        return roundTrips + loaded.roundTrips();
    }

    Map<UUID, PurchaseState> purchases() {
        return purchases;
    }

    Map<Order, OrderState> orders() {
        return orders;
    }

    /** The order whose other refunds count for this one, too; null when there is none. */
    private @Nullable Order order(Command.Refund refund, Map<UUID, Order> made) {
        var purchaseId = refund.purchaseId();
        if (purchaseId == null) {
            var orderId = refund.orderId();
            return orderId == null
                    ? null
                    : new Order(refund.userId(), refund.amount().currency(), orderId);
        }
        var purchase = purchases.get(purchaseId);
        return purchase == null ? made.get(purchaseId) : purchase.order();
    }

    /** The orders of those purchases that are made by the same batch. */
    private static Map<UUID, Order> made(List<UnitPlan> plans, Set<UUID> ids) {
        var made = new HashMap<UUID, Order>();
        for (var plan : plans) {
            for (var command : plan.unit().commands()) {
                if (command instanceof Command.Purchase(_, var user, var amount, var orderId)
                        && orderId != null
                        && ids.contains(command.id())) {
                    made.put(command.id(), new Order(user, amount.currency(), orderId));
                }
            }
        }
        return made;
    }

    /** Huge amounts are refused anyway: their sum only has to stay a number. */
    private static long atMost(long a, long b) {
        return Math.min(Long.MAX_VALUE / 4, a) + Math.min(Long.MAX_VALUE / 4, b);
    }
}
