package digitalwallet.ledger.decide;

import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.math.BigDecimal;

/**
 * What one command may do at most.
 *
 * @param amountMax the largest amount one command may move, in major units of any currency
 */
public record Limits(BigDecimal amountMax) {

    /** The largest amount one command may move in this currency, rounded down. */
    public Money largest(CurrencyCode currency) {
        return Money.largest(amountMax, currency);
    }
}
