package digitalwallet.payments.flow;

import java.util.Map;
import java.util.Set;

/** What to do about each difference: one sentence for a person, whoever or whatever caused it. */
public final class Remedy {

    private static final String ASK = "Ask the provider what has become of it.";
    private static final String WAIT =
            "Wait: it is told again. If it stays, look the transaction up in the wallet.";

    private static final Map<String, String> BY_CODE =
            Map.ofEntries(
                    Map.entry("top_up_pending", ASK),
                    Map.entry("payout_in_transit", ASK),
                    Map.entry("succeeded_without_deposit", WAIT),
                    Map.entry("settled_without_transaction", WAIT),
                    Map.entry("refund_outstanding", ASK),
                    Map.entry(
                            "refused_by_the_wallet",
                            "If the wallet never credited it, pay it back by hand."),
                    Map.entry(
                            "refused_after_it_was_settled",
                            "The books were restored and refuse it now: open the wallet, and"
                                    + " deposit the amount with the provider's reference."),
                    Map.entry(
                            "payout_not_in_the_ledger",
                            "If the provider has paid, withdraw the amount from the wallet, without"
                                    + " a payout, with the provider's reference."),
                    Map.entry(
                            "credited_and_paid_back",
                            "The user has it twice: withdraw the amount from the wallet."),
                    Map.entry(
                            "deposit_without_payment",
                            "If the provider charged it, nothing: the payment was lost. Otherwise"
                                    + " find out who posted it."),
                    Map.entry(
                            "payout_without_payment",
                            "The payout does not say where to: find out who posted it."),
                    Map.entry(
                            "settlement_without_payment",
                            "If the provider paid it, nothing. Otherwise find out who posted it."),
                    Map.entry(
                            "reversal_without_payment",
                            "If the provider did not pay, nothing. Otherwise withdraw the amount."),
                    Map.entry("amounts_differ", "Correct the wallet by the difference."),
                    Map.entry("provider_amount_differs", ASK),
                    Map.entry("provider_does_not_answer", "Try again."),
                    Map.entry(
                            "provider_charged_without_payment",
                            "Unless the wallet has a deposit with its reference, deposit the amount"
                                    + " or have it paid back."),
                    Map.entry(
                            "provider_paid_without_payment",
                            "Unless the wallet has a payout of it, withdraw the amount."),
                    Map.entry(
                            "provider_paid_back_without_payment",
                            "If the wallet has a deposit of it, withdraw the amount."),
                    Map.entry(
                            "provider_paid_back_here_pending",
                            "Wait: the wallet's refusal is still to be heard."),
                    Map.entry(
                            "provider_paid_back_here_succeeded",
                            "Wait: the wallet's refusal is still to be heard."),
                    Map.entry("provider_paid_back_here_failed", "Nothing: the user has it back."),
                    Map.entry(
                            "provider_paid_back_here_settled",
                            "The user has it twice: withdraw the amount from the wallet."),
                    Map.entry(
                            "provider_succeeded_here_pending", "Wait: the provider is asked soon."),
                    Map.entry("provider_failed_here_pending", "Wait: the provider is asked soon."),
                    Map.entry(
                            "provider_succeeded_here_failed",
                            "Of a top-up: wait, it is credited. Of a payout: withdraw the amount."),
                    Map.entry(
                            "provider_succeeded_here_returned",
                            "The user has it twice: withdraw the amount from the wallet."),
                    Map.entry("provider_undecided_here_failed", ASK),
                    Map.entry("provider_undecided_here_returned", ASK),
                    Map.entry("provider_failed_here_succeeded", ASK),
                    Map.entry("provider_undecided_here_succeeded", ASK),
                    Map.entry("provider_unaware_here_succeeded", ASK));

    private Remedy() {}

    /**
     * The sentence.
     *
     * @throws IllegalArgumentException when there is no such difference
     */
    public static String of(String code) {
        var sentence = BY_CODE.get(code);
        if (sentence == null) {
            throw new IllegalArgumentException("no difference is called " + code);
        }
        return sentence;
    }

    /** Every difference that the reconciliation may name. */
    public static Set<String> codes() {
        return BY_CODE.keySet();
    }
}
