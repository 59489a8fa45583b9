package digitalwallet.ledger.decide;

import digitalwallet.money.AmountLimits;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.math.BigDecimal;
import java.util.Set;

/**
 * What one command may do at most.
 *
 * @param amounts the largest amount one command may move
 * @param refundsNeedPurchase whether a refund that matches no purchase is refused
 * @param unique what a user may be charged for once only
 */
public record Limits(
        AmountLimits amounts, boolean refundsNeedPurchase, Set<UniqueReference> unique) {

    /** Copies the set. */
    public Limits {
        unique = Set.copyOf(unique);
    }

    /** Limits under which references may be used again. */
    public Limits(AmountLimits amounts, boolean refundsNeedPurchase) {
        this(amounts, refundsNeedPurchase, Set.of());
    }

    /**
     * Limits with which a refund may be for what was paid elsewhere.
     *
     * @param amountMax the largest amount one command may move, in major units of any currency
     */
    public Limits(BigDecimal amountMax) {
        this(AmountLimits.same(amountMax), false);
    }

    /** The largest amount one command may move in this currency, rounded down. */
    public Money largest(CurrencyCode currency) {
        return amounts.largest(currency);
    }
}
