package digitalwallet.payments;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Money, exactly.
 *
 * @param minorUnits greater than zero: cents of USD, whole yen, thousandths of KWD
 * @param currency ISO 4217
 */
public record Amount(long minorUnits, String currency) {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final int LENGTH_MAX = 40;
    private static final Map<String, Integer> DECIMALS = new HashMap<>();

    // The wallet's list of ISO 4217: both must mean the same by an amount.
    static {
        add(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
        add(3, "BHD IQD JOD KWD LYD OMR TND");
        add(4, "CLF UYW");
        add(
                2,
                """
                AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN \
                BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD \
                FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW \
                KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR \
                MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG \
                SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD \
                USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG\
                """);
    }

    /** Whether there is such a currency. */
    public static boolean isCurrency(String code) {
        return DECIMALS.containsKey(code);
    }

    /**
     * Reads an amount in major units from its literal text.
     *
     * @param currency a known one
     * @throws InvalidAmountException when the text is no amount of it above zero
     */
    public static Amount parse(String text, String currency) {
        if (text.length() > LENGTH_MAX || !DECIMAL.matcher(text).matches()) {
            throw new InvalidAmountException(
                    "amount_malformed", "an amount is digits, and after a point at least one more");
        }
        int decimals = decimals(currency);
        var value = new BigDecimal(text);
        if (value.scale() > decimals) {
            throw new InvalidAmountException(
                    "amount_precision", currency + " has at most " + decimals + " decimals");
        }
        if (value.signum() <= 0) {
            throw new InvalidAmountException(
                    "amount_not_positive", "an amount must be greater than zero");
        }
        try {
            return new Amount(value.movePointRight(decimals).longValueExact(), currency);
        } catch (ArithmeticException _) {
            throw new InvalidAmountException("amount_too_large", "no wallet holds that much");
        }
    }

    /** In major units with all decimals of the currency. */
    public String text() {
        return BigDecimal.valueOf(minorUnits, decimals(currency)).toPlainString();
    }

    private static int decimals(String currency) {
        var decimals = DECIMALS.get(currency);
        if (decimals == null) {
            throw new InvalidAmountException("unknown_currency", "an unknown currency");
        }
        return decimals;
    }

    private static void add(int decimals, String codes) {
        for (var code : codes.split(" ", -1)) {
            DECIMALS.put(code, decimals);
        }
    }
}
