package digitalwallet.ledger.model;

import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeciderModelTest {

    private static final int BATCHES = 2_000;

    private static final List<String> ORDINARY =
            List.of(
                    "posted",
                    "replayed posted",
                    "key reused",
                    "rejected amount_too_large",
                    "rejected same_wallet",
                    "rejected wallet_not_found",
                    "rejected wallet_exists",
                    "rejected wallet_closed",
                    "rejected wallet_frozen",
                    "rejected wallet_already_frozen",
                    "rejected wallet_not_frozen",
                    "rejected wallet_not_closed",
                    "rejected balance_not_zero",
                    "rejected currency_mismatch",
                    "rejected bank_transaction_already_used",
                    "rejected purchase_not_found",
                    "rejected refund_exceeds_purchase",
                    "rejected payout_not_found",
                    "rejected payout_already_ended",
                    "rejected insufficient_funds",
                    "replayed rejected insufficient_funds");

    @Test
    void the_decider_agrees_with_the_model_on_several_lanes() {
        var run = new DeciderModelRun(new BigDecimal("1000000.00"), 3);
        run.goOn(BATCHES);
        run.end(ORDINARY);
    }

    @Test
    void the_decider_agrees_with_the_model_on_balances_that_fill_64_bits() {
        var run = new DeciderModelRun(new BigDecimal("99999999999999.00"), 1);
        var largest = new Money(Long.MAX_VALUE / 10_000, CurrencyCode.of("USD"));
        run.deposit(largest, 10_000);
        run.goOn(BATCHES);
        run.end(List.of("posted", "rejected amount_too_large", "rejected balance_too_large"));
    }
}
