package digitalwallet.ledger;

import java.util.List;
import java.util.UUID;

/**
 * What counts for the refunds of an order.
 *
 * @param purchases oldest first, those with something left among them
 * @param complete false when the order has more purchases than were looked at
 * @param credited what was given back for the order before it had a purchase, in minor units; it
 *     counts against whatever is bought under its name later
 * @param sold whether the user has a purchase under this order id, in any case and currency
 */
public record OrderState(List<UUID> purchases, boolean complete, long credited, boolean sold) {

    /** An order nobody has heard of. */
    public static final OrderState NONE = new OrderState(List.of(), true, 0, false);

    /** Copies the purchases. */
    public OrderState {
        purchases = List.copyOf(purchases);
    }

    /**
     * What refunds of this order may still take together, in minor units; never negative.
     *
     * @param left what is left of its purchases, in minor units
     */
    public long refundable(long left) {
        return Math.max(0, left - credited);
    }
}
