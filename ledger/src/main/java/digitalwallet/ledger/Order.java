package digitalwallet.ledger;

import digitalwallet.money.CurrencyCode;
import java.util.Locale;

/** An order as purchases and refunds of one wallet name it. */
public record Order(String userId, CurrencyCode currency, String orderId) {

    /** An order id of a user whatever its case, in all currencies: what may have been meant. */
    public record Alike(String userId, String foldedId) {}

    /** The same with its id in lower case. */
    public Order folded() {
        return new Order(userId, currency, foldedId());
    }

    /** What may be mistaken for it. */
    public Alike alike() {
        return new Alike(userId, foldedId());
    }

    private String foldedId() {
        return orderId.toLowerCase(Locale.ROOT);
    }
}
