package digitalwallet.money;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A currency of ISO 4217 with the number of decimals its minor unit has. */
public final class CurrencyCode {

    private static final Map<String, CurrencyCode> BY_CODE = new HashMap<>();

    // ISO 4217 list one, active currencies with a minor unit; our own list, because the JDK's
    // changes with its version and the books must not.
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

    private final String code;
    private final int decimals;

    private CurrencyCode(String code, int decimals) {
        this.code = code;
        this.decimals = decimals;
    }

    private static void add(int decimals, String codes) {
        for (var code : codes.split(" ", -1)) {
            BY_CODE.put(code, new CurrencyCode(code, decimals));
        }
    }

    /** The currency with this upper-case code, or empty when ISO 4217 has none. */
    public static Optional<CurrencyCode> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /**
     * The currency with this upper-case code.
     *
     * @throws IllegalArgumentException when ISO 4217 has none
     */
    public static CurrencyCode of(String code) {
        var currency = BY_CODE.get(code);
        if (currency == null) {
            throw new IllegalArgumentException("unknown currency " + code);
        }
        return currency;
    }

    /** The three letters, such as {@code USD}. */
    public String code() {
        return code;
    }

    /** How many decimals the minor unit has: 2 for USD, 0 for JPY, 3 for KWD. */
    public int decimals() {
        return decimals;
    }

    @Override
    public String toString() {
        return code;
    }
}
