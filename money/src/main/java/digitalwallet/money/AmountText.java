package digitalwallet.money;

import digitalwallet.money.InvalidAmountException.Reason;

/**
 * Reads an amount from its literal text. The text is judged before anything is converted, in one
 * pass whatever its length, so that no binary fraction and no huge number is ever made of it.
 */
final class AmountText {

    private static final long BEYOND = -1;

    private final String text;
    private final int start;
    private final int point;

    private AmountText(String text, int start, int point) {
        this.text = text;
        this.start = start;
        this.point = point;
    }

    static Money read(String text, CurrencyCode currency) {
        var amount = wellFormed(text);
        if (amount.isFinerThan(currency.decimals())) {
            throw new InvalidAmountException(
                    Reason.PRECISION,
                    "the amount has too many decimals: "
                            + currency
                            + " has at most "
                            + currency.decimals());
        }
        long minorUnits = amount.minorUnits(currency.decimals());
        if (amount.isNegative() || minorUnits == 0) {
            throw new InvalidAmountException(
                    Reason.NOT_POSITIVE, "the amount is not greater than zero: send one that is");
        }
        if (minorUnits == BEYOND) {
            var largest = new Money(Long.MAX_VALUE, currency).toDecimal();
            throw new InvalidAmountException(
                    Reason.OUT_OF_RANGE,
                    "the amount is too large to be kept: send at most " + largest);
        }
        return new Money(minorUnits, currency);
    }

    /** Of the form {@code -?[0-9]+(\.[0-9]+)?}. */
    private static AmountText wellFormed(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int point = digitsFrom(text, start);
        int end = point;
        if (point > start && point < text.length() && text.charAt(point) == '.') {
            end = digitsFrom(text, point + 1);
            if (end == point + 1) {
                throw malformed();
            }
        }
        if (point == start || end < text.length()) {
            throw malformed();
        }
        return new AmountText(text, start, point);
    }

    private static int digitsFrom(String text, int start) {
        int i = start;
        // Not Character.isDigit: that lets the digits of every script pass.
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static InvalidAmountException malformed() {
        return new InvalidAmountException(
                Reason.MALFORMED,
                "the amount is malformed: send digits, and after a point at least one more");
    }

    private boolean isNegative() {
        return start == 1;
    }

    private int decimals() {
        return Math.max(0, text.length() - point - 1);
    }

    /** Whether a digit other than zero stands beyond so many decimals. */
    private boolean isFinerThan(int decimalsMax) {
        for (int i = point + 1 + decimalsMax; i < text.length(); i++) {
            if (text.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    /** {@link #BEYOND} when it does not fit into 64 bits. */
    private long minorUnits(int decimalsWanted) {
        long value = 0;
        int end = Math.min(text.length(), point + 1 + decimalsWanted);
        for (int i = start; i < end; i++) {
            if (i != point) {
                value = timesTenPlus(value, text.charAt(i) - '0');
            }
        }
        for (int i = decimals(); i < decimalsWanted; i++) {
            value = timesTenPlus(value, 0);
        }
        return value;
    }

    private static long timesTenPlus(long value, int digit) {
        boolean fits = value != BEYOND && value <= (Long.MAX_VALUE - digit) / 10;
        return fits ? value * 10 + digit : BEYOND;
    }
}
