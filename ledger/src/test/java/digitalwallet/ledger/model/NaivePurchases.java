package digitalwallet.ledger.model;

import digitalwallet.ledger.scenario.Wallets.Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The purchases there have been, oldest first, what is left to refund of them, and what was given
 * back in the name of orders that had none.
 */
final class NaivePurchases {

    private record Paid(String user, String currency, @Nullable String order, BigDecimal left) {}

    private final Map<UUID, Paid> purchases;
    private final Map<String, BigDecimal> credits;

    NaivePurchases() {
        this(new LinkedHashMap<>(), new HashMap<>());
    }

    private NaivePurchases(Map<UUID, Paid> purchases, Map<String, BigDecimal> credits) {
        this.purchases = purchases;
        this.credits = credits;
    }

    NaivePurchases copy() {
        return new NaivePurchases(new LinkedHashMap<>(purchases), new HashMap<>(credits));
    }

    void make(UUID id, Request purchase) {
        purchases.put(
                id,
                new Paid(
                        purchase.userId(),
                        NaiveBooks.code(purchase),
                        purchase.orderId(),
                        NaiveBooks.amount(purchase)));
    }

    void draw(Request refund) {
        var open = NaiveBooks.amount(refund);
        var order = refund.orderId();
        if (order != null && refundable(refund).isEmpty()) {
            credits.merge(creditName(refund, order), open, BigDecimal::add);
        }
        for (var id : refundable(refund)) {
            var paid = Objects.requireNonNull(purchases.get(id));
            var part = open.min(paid.left());
            open = open.subtract(part);
            purchases.put(
                    id,
                    new Paid(
                            paid.user(),
                            paid.currency(),
                            paid.order(),
                            paid.left().subtract(part)));
        }
    }

    /** The purchases that a refund names, oldest first; empty when it names none there is. */
    List<UUID> refundable(Request refund) {
        var found = new ArrayList<UUID>();
        purchases.forEach(
                (id, paid) -> {
                    boolean named =
                            refund.purchaseId() == null
                                    ? refund.orderId() != null
                                    : id.equals(refund.purchaseId());
                    if (named
                            && paid.user().equals(refund.userId())
                            && paid.currency().equals(NaiveBooks.code(refund))
                            && (refund.orderId() == null
                                    || refund.orderId().equals(paid.order()))) {
                        found.add(id);
                    }
                });
        return found;
    }

    /** Whether a refund names an order that was bought in another currency or case. */
    boolean isMistaken(Request refund) {
        var order = refund.orderId();
        return order != null
                && refund.purchaseId() == null
                && refundable(refund).isEmpty()
                && purchases.values().stream()
                        .anyMatch(
                                paid ->
                                        paid.user().equals(refund.userId())
                                                && order.equalsIgnoreCase(paid.order()));
    }

    /** What a refund may take of these purchases, which it names. */
    BigDecimal leftOf(List<UUID> ids, Request refund) {
        var left = sum(ids);
        var order =
                ids.isEmpty()
                        ? null
                        : Objects.requireNonNull(purchases.get(ids.getFirst())).order();
        if (order == null) {
            return left;
        }
        var ofOrder = new ArrayList<UUID>();
        purchases.forEach(
                (id, paid) -> {
                    if (paid.user().equals(refund.userId())
                            && paid.currency().equals(NaiveBooks.code(refund))
                            && order.equals(paid.order())) {
                        ofOrder.add(id);
                    }
                });
        var credited = credits.getOrDefault(creditName(refund, order), BigDecimal.ZERO);
        return left.min(sum(ofOrder).subtract(credited)).max(BigDecimal.ZERO);
    }

    private BigDecimal sum(List<UUID> ids) {
        return ids.stream()
                .map(id -> Objects.requireNonNull(purchases.get(id)).left())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String creditName(Request refund, String order) {
        return refund.userId()
                + " "
                + NaiveBooks.code(refund)
                + " "
                + order.toLowerCase(Locale.ROOT);
    }
}
