package digitalwallet.ledger;

import digitalwallet.money.CurrencyCode;
import org.jspecify.annotations.Nullable;

/**
 * A posted purchase and what was refunded of it, in minor units.
 *
 * @param refunds how many refunds drew on it so far
 */
public record PurchaseState(
        String userId,
        CurrencyCode currency,
        @Nullable String orderId,
        long amount,
        long refunded,
        int refunds) {

    /** What no refund has drawn yet, in minor units. */
    public long left() {
        return amount - refunded;
    }

    /** The order it was made for; null when none was named. */
    public @Nullable Order order() {
        return orderId == null ? null : new Order(userId, currency, orderId);
    }
}
