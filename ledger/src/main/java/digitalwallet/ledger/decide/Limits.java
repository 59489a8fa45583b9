package digitalwallet.ledger.decide;

import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.math.BigDecimal;

/**
 * What one command may do at most.
 *
 * @param amountMax the largest amount one command may move, in major units of any currency
 * @param refundsNeedPurchase whether a refund that matches no purchase is refused
 */
public record Limits(BigDecimal amountMax, boolean refundsNeedPurchase) {

    /** Limits with which a refund may be for what was paid elsewhere. */
    public Limits(BigDecimal amountMax) {
        this(amountMax, false);
    }

    /** The largest amount one command may move in this currency, rounded down. */
    public Money largest(CurrencyCode currency) {
        return Money.largest(amountMax, currency);
    }
}
