package digitalwallet.messages;

import java.util.regex.Pattern;

/** Amounts in messages: decimal digits in major units, exact, never a binary fraction. */
public final class DecimalText {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,19}(\\.[0-9]{1,4})?");

    private static final int LENGTH_USUAL = 16;

    private DecimalText() {}

    /** Whether this is an amount as messages write it, also a negative one. */
    public static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }

    /**
     * Writes minor units in major units with all decimals of the currency: 1234 with 2 is 12.34.
     *
     * @param decimals how many decimals the currency has, 0 to 4
     */
    public static String of(long minorUnits, int decimals) {
        if (decimals == 0) {
            return Long.toString(minorUnits);
        }
        var text = new StringBuilder(LENGTH_USUAL).append(minorUnits);
        int first = minorUnits < 0 ? 1 : 0;
        while (text.length() - first <= decimals) {
            text.insert(first, '0');
        }
        return text.insert(text.length() - decimals, '.').toString();
    }
}
