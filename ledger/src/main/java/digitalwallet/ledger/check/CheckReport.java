package digitalwallet.ledger.check;

import digitalwallet.money.CurrencyCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of the books found.
 *
 * @param message one sentence for people
 * @param checkedAt when the snapshot of the books was taken, by the database's clock
 * @param full whether everything was examined, not only what is new
 * @param currencies the sums, in the order of the currency codes
 * @param lastFullCheck the latest check of everything, this one included; null when there was none
 */
public record CheckReport(
        boolean consistent,
        String message,
        Instant checkedAt,
        boolean full,
        List<CurrencySums> currencies,
        List<Check> checks,
        @Nullable FullCheck lastFullCheck) {

    /**
     * One rule.
     *
     * @param examined how many rows it was applied to
     * @param violated how many rows violate it
     * @param violations the first of them, named
     */
    public record Check(
            String name, boolean ok, long examined, long violated, List<String> violations) {}

    /**
     * What came in and went out of all wallets, in major units with all the currency's decimals.
     *
     * @param withdrawals with payouts, also those that came back
     * @param reversals payouts that came back
     * @param inTransit payouts that have not ended
     * @param difference balances minus what they should be
     */
    public record CurrencySums(
            CurrencyCode currency,
            BigDecimal sumOfBalances,
            BigDecimal deposits,
            BigDecimal withdrawals,
            BigDecimal purchases,
            BigDecimal refunds,
            BigDecimal reversals,
            BigDecimal inTransit,
            BigDecimal difference) {}

    /**
     * A check of everything.
     *
     * @param entries how many there were
     */
    public record FullCheck(Instant checkedAt, boolean consistent, long entries) {}

    /** The same with the sentence that says what was found. */
    CheckReport withMessage() {
        long violated = checks.stream().filter(check -> !check.ok()).count();
        var sentence =
                consistent
                        ? "The books are consistent."
                        : "The books are not consistent: %d of %d checks failed."
                                .formatted(violated, checks.size());
        return new CheckReport(
                consistent, sentence, checkedAt, full, currencies, checks, lastFullCheck);
    }

    /** The first violation of all, or null when there is none. */
    public @Nullable String firstViolation() {
        for (var check : checks) {
            if (!check.violations().isEmpty()) {
                return check.name() + ": " + check.violations().getFirst();
            }
        }
        return null;
    }
}
