package digitalwallet.messages;

import java.util.regex.Pattern;

/** Amounts in messages: decimal digits in major units, exact, never a binary fraction. */
final class DecimalText {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,19}(\\.[0-9]{1,4})?");

    private DecimalText() {}

    /** Whether this is an amount as messages write it, also a negative one. */
    static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }
}
