package digitalwallet.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount: whole minor units (cents) of one currency.
 *
 * @param minorUnits the amount in the currency's minor unit; may be negative
 */
public record Money(long minorUnits, CurrencyCode currency) {

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE / 10_000);
    private static final int LENGTH_USUAL = 16;

    /**
     * The positive amount that this text says in major units, such as {@code 12.3}. Zeros beyond
     * the currency's decimals change nothing and may stand there.
     *
     * @throws InvalidAmountException when the text is not {@code -?[0-9]+(\.[0-9]+)?}, has more
     *     decimals than the currency, is not greater than zero, or does not fit into 64 bits of
     *     minor units, looked at in this order
     */
    public static Money parse(String text, CurrencyCode currency) {
        return AmountText.read(text, currency);
    }

    /**
     * The largest amount under a limit that is the same number in every currency, rounded down. It
     * is never so large that {@link Long#MAX_VALUE}, as which an amount beyond 64 bits is read,
     * would pass, or that ten thousand of it, a whole batch, would not fit into 64 bits.
     *
     * @param majorUnits the limit in major units, zero or more
     */
    public static Money largest(BigDecimal majorUnits, CurrencyCode currency) {
        var minorUnits =
                majorUnits
                        .movePointRight(currency.decimals())
                        .setScale(0, RoundingMode.DOWN)
                        .min(LARGEST);
        return new Money(minorUnits.longValueExact(), currency);
    }

    /** Zero of this currency. */
    public static Money zero(CurrencyCode currency) {
        return new Money(0, currency);
    }

    /**
     * The sum.
     *
     * @throws ArithmeticException when it does not fit into 64 bits of minor units
     * @throws IllegalArgumentException when the currencies differ
     */
    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, sameCurrency(other)), currency);
    }

    /** The difference; fails as {@link #plus} does. */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, sameCurrency(other)), currency);
    }

    /** The same amount with the other sign. */
    public Money negated() {
        return new Money(Math.negateExact(minorUnits), currency);
    }

    /** The amount in major units with all the currency's decimals, such as {@code 12.30}. */
    public String toDecimal() {
        int decimals = currency.decimals();
        if (decimals == 0) {
            return Long.toString(minorUnits);
        }
        // Every event and every answer writes some: without a BigDecimal in between.
        var text = new StringBuilder(LENGTH_USUAL).append(minorUnits);
        int first = minorUnits < 0 ? 1 : 0;
        while (text.length() - first <= decimals) {
            text.insert(first, '0');
        }
        return text.insert(text.length() - decimals, '.').toString();
    }

    @Override
    public String toString() {
        return toDecimal() + " " + currency.code();
    }

    private long sameCurrency(Money other) {
        if (other.currency != currency) {
            throw new IllegalArgumentException(
                    currency + " and " + other.currency + " do not add up");
        }
        return other.minorUnits;
    }
}
