package digitalwallet.ledger.database;

import digitalwallet.ledger.Rejection;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** Rejections as the books keep them: a code, and facts as texts, amounts in minor units. */
public final class StoredRejection {

    private final Map<String, String> facts;

    private StoredRejection(Map<String, String> facts) {
        this.facts = facts;
    }

    /** The facts as alternating names and values, sorted by name. */
    public static List<String> facts(Rejection rejection) {
        var facts = new ArrayList<String>();
        new TreeMap<>(rejection.facts().texts(amount -> Long.toString(amount.minorUnits())))
                .forEach(
                        (name, value) -> {
                            facts.add(name);
                            facts.add(value);
                        });
        return facts;
    }

    /**
     * The rejection with this code, of which {@link #facts} wrote these.
     *
     * @throws IllegalArgumentException when there is no such rejection
     * @throws NullPointerException when a fact is missing
     */
    static Rejection of(String code, String[] facts) {
        var byName = new HashMap<String, String>();
        for (int i = 0; i < facts.length; i += 2) {
            byName.put(facts[i], facts[i + 1]);
        }
        return new StoredRejection(byName).read(code);
    }

    private Rejection read(String code) {
        return switch (code) {
            case "amount_too_large" -> new Rejection.AmountTooLarge(money("largest"));
            case "same_wallet" -> new Rejection.SameWallet();
            case "wallet_not_found" -> new Rejection.WalletNotFound(user());
            case "wallet_closed" -> new Rejection.WalletClosed(user());
            case "wallet_frozen" -> new Rejection.WalletFrozen(user());
            case "currency_mismatch" -> new Rejection.CurrencyMismatch(user(), currency());
            case "bank_transaction_already_used" -> new Rejection.BankTransactionAlreadyUsed();
            case "order_already_paid" ->
                    new Rejection.OrderAlreadyPaid(id("original_transaction_id"));
            case "purchase_not_found" -> new Rejection.PurchaseNotFound();
            case "refund_exceeds_purchase" ->
                    new Rejection.RefundExceedsPurchase(money("refundable"), money("required"));
            case "too_many_purchases" ->
                    new Rejection.TooManyPurchases(money("refundable"), money("required"));
            case "receiver_unavailable" -> new Rejection.ReceiverUnavailable();
            case "insufficient_funds" ->
                    new Rejection.InsufficientFunds(money("available"), money("required"));
            case "balance_too_large" -> new Rejection.BalanceTooLarge();
            case "wallet_exists" -> new Rejection.WalletExists(user(), currency());
            case "wallet_already_frozen" -> new Rejection.WalletAlreadyFrozen(user());
            case "wallet_not_frozen" -> new Rejection.WalletNotFrozen(user());
            case "wallet_not_closed" -> new Rejection.WalletNotClosed(user());
            case "balance_not_zero" -> new Rejection.BalanceNotZero(money("balance"));
            case "payout_in_transit" -> new Rejection.PayoutInTransit(id("payout_id"));
            case "duplicate" -> new Rejection.Duplicate(id("original_transaction_id"));
            case "idempotency_key_reused" -> new Rejection.IdempotencyKeyReused();
            case "group_failed" -> new Rejection.GroupFailed(id("failed_transaction_id"));
            case "payout_not_found" -> new Rejection.PayoutNotFound();
            case "payout_already_ended" -> new Rejection.PayoutAlreadyEnded(id("ended_by"));
            default -> throw new IllegalArgumentException("no rejection has the code " + code);
        };
    }

    private Money money(String name) {
        return new Money(Long.parseLong(text(name)), currency());
    }

    private CurrencyCode currency() {
        return CurrencyCode.of(text("currency"));
    }

    private UUID id(String name) {
        return UUID.fromString(text(name));
    }

    private String user() {
        return text("user_id");
    }

    private String text(String name) {
        return Objects.requireNonNull(facts.get(name), name);
    }
}
