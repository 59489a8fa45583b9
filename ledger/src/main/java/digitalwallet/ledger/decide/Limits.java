package digitalwallet.ledger.decide;

import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What one command may do at most.
 *
 * @param amountMax the largest amount one command may move, in major units of any currency
 */
public record Limits(BigDecimal amountMax) {

    // An amount too large for 64 bits is read as Long.MAX_VALUE, and no limit may let that pass;
    // the
    // totals of a batch of ten thousand commands fit into 64 bits, too.
    private static final BigDecimal REPRESENTABLE_MAX = BigDecimal.valueOf(Long.MAX_VALUE / 10_000);

    /** The largest amount one command may move in this currency, rounded down. */
    public Money largest(CurrencyCode currency) {
        var minorUnits =
                amountMax
                        .movePointRight(currency.decimals())
                        .setScale(0, RoundingMode.DOWN)
                        .min(REPRESENTABLE_MAX);
        return new Money(minorUnits.longValueExact(), currency);
    }
}
