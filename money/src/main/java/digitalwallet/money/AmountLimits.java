package digitalwallet.money;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The largest amount that may be asked for, by currency. Where nothing is configured it is about a
 * billion dollars' worth: a billion units, and ten, a hundred … times as many of a currency whose
 * unit is worth so much less.
 */
public final class AmountLimits {

    /** What is usual for every currency. */
    public static final AmountLimits USUAL = new AmountLimits(null, Map.of());

    private static final BigDecimal BILLION = new BigDecimal("1000000000.00");
    private static final Pattern ENTRY =
            Pattern.compile("(?:([A-Z]{3}):)?([0-9]{1,18}(?:\\.[0-9]{1,4})?)");
    private static final Map<CurrencyCode, Integer> TENS = new HashMap<>();

    // How many units are worth a dollar, to the nearest power of ten from a hundred on, as of 2025.
    // Rates move; a limit against slips need not.
    static {
        units(
                2,
                """
                AFN ALL BDT BTN CVE DJF DOP DZD EGP ETB GMD GYD HTG INR ISK JMD JPY KES KGS LKR \
                LRD MKD MRU MUR MZN NIO NPR PHP PKR RSD RUB SRD THB TRY UAH UYU VES VUV XPF YER\
                """);
        units(
                3,
                """
                AMD AOA ARS BIF CDF CLP CRC HUF IQD KMF KPW KRW KZT MMK MWK NGN RWF SDG SOS TZS \
                XAF XOF\
                """);
        units(4, "COP GNF IDR KHR LAK MGA MNT PYG SSP SYP UGX UZS VND");
        units(5, "IRR LBP");
    }

    private final @Nullable BigDecimal common;
    private final Map<CurrencyCode, BigDecimal> named;

    private AmountLimits(@Nullable BigDecimal common, Map<CurrencyCode, BigDecimal> named) {
        this.common = common;
        this.named = Map.copyOf(named);
    }

    private static void units(int tens, String codes) {
        for (var code : codes.split(" ", -1)) {
            TENS.put(CurrencyCode.of(code), tens);
        }
    }

    /** The same number in every currency, in major units. */
    public static AmountLimits same(BigDecimal majorUnits) {
        return new AmountLimits(majorUnits, Map.of());
    }

    /**
     * The limits that a text says: entries such as {@code USD:1000000.00} with commas between them.
     * One may be without a currency: it is for all that have none of their own. Empty when the text
     * is nothing of this sort, or says something twice.
     */
    public static Optional<AmountLimits> find(String text) {
        BigDecimal common = null;
        var named = new HashMap<CurrencyCode, BigDecimal>();
        for (var entry : text.split(",", -1)) {
            var matcher = ENTRY.matcher(entry);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            var code = matcher.group(1);
            var amount = new BigDecimal(matcher.group(2));
            var currency = code == null ? null : CurrencyCode.find(code).orElse(null);
            boolean twice = code == null ? common != null : named.containsKey(currency);
            if (twice || (code != null && currency == null)) {
                return Optional.empty();
            }
            if (currency == null) {
                common = amount;
            } else {
                named.put(currency, amount);
            }
        }
        return Optional.of(new AmountLimits(common, named));
    }

    /** The largest amount in this currency, rounded down to its minor unit. */
    public Money largest(CurrencyCode currency) {
        var own = named.get(currency);
        if (own != null) {
            return Money.largest(own, currency);
        }
        return Money.largest(
                common == null ? BILLION.movePointRight(TENS.getOrDefault(currency, 0)) : common,
                currency);
    }
}
