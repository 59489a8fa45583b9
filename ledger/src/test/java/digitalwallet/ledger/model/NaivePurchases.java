package digitalwallet.ledger.model;

import digitalwallet.ledger.scenario.Wallets.Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The purchases there have been, oldest first, and what is left to refund of them. */
final class NaivePurchases {

    private record Paid(String user, String currency, @Nullable String order, BigDecimal left) {}

    private final Map<UUID, Paid> purchases;

    NaivePurchases() {
        this(new LinkedHashMap<>());
    }

    private NaivePurchases(Map<UUID, Paid> purchases) {
        this.purchases = purchases;
    }

    NaivePurchases copy() {
        return new NaivePurchases(new LinkedHashMap<>(purchases));
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

    BigDecimal leftOf(List<UUID> ids) {
        return ids.stream()
                .map(id -> Objects.requireNonNull(purchases.get(id)).left())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
