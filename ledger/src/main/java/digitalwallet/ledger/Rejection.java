package digitalwallet.ledger;

import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Why the books say no, with the facts. Stored by code and facts, so both are contract. */
public sealed interface Rejection {

    /** More than one command may move. */
    record AmountTooLarge(Money largest) implements Rejection {}

    /** A transfer to oneself. */
    record SameWallet() implements Rejection {}

    /** Nobody has opened a wallet for this user. */
    record WalletNotFound(String userId) implements Rejection {}

    /** The wallet has been closed for ever. */
    record WalletClosed(String userId) implements Rejection {}

    /** A freeze forbids it. */
    record WalletFrozen(String userId) implements Rejection {}

    /** The user is known, but has no wallet in this currency. */
    record CurrencyMismatch(String userId, CurrencyCode currency) implements Rejection {}

    /** This bank transaction has been credited before. */
    record BankTransactionAlreadyUsed() implements Rejection {}

    /** The purchase to refund is not one of this wallet. */
    record PurchaseNotFound() implements Rejection {}

    /** More than is left of what was paid. */
    record RefundExceedsPurchase(Money refundable, Money required) implements Rejection {}

    /** The wallet holds less. */
    record InsufficientFunds(Money available, Money required) implements Rejection {}

    /** The balance would not fit into the books. */
    record BalanceTooLarge() implements Rejection {}

    /** The wallet to open is open already. */
    record WalletExists(String userId, CurrencyCode currency) implements Rejection {}

    /** The same freeze is in force already. */
    record WalletAlreadyFrozen(String userId) implements Rejection {}

    /** There is no freeze to end. */
    record WalletNotFrozen(String userId) implements Rejection {}

    /** A wallet with money cannot be closed. */
    record BalanceNotZero(Money balance) implements Rejection {}

    /** A payout of the user is on its way and may come back. */
    record PayoutInTransit(UUID payoutId) implements Rejection {}

    /** Queued again under a key whose first command has its outcome already. */
    record Duplicate(UUID originalTransactionId) implements Rejection {}

    /** Queued under a key that belongs to another request. */
    record IdempotencyKeyReused() implements Rejection {}

    /** Queued together with a command that was rejected. */
    record GroupFailed(UUID failedTransactionId) implements Rejection {}

    /** The payout to end is not one of this user with this amount. */
    record PayoutNotFound() implements Rejection {}

    /** The payout has been settled or has come back. */
    record PayoutAlreadyEnded(UUID endedBy) implements Rejection {}

    /** The stable code, the same in the books and in answers. */
    default String code() {
        return switch (this) {
            case AmountTooLarge _ -> "amount_too_large";
            case SameWallet _ -> "same_wallet";
            case WalletNotFound _ -> "wallet_not_found";
            case WalletClosed _ -> "wallet_closed";
            case WalletFrozen _ -> "wallet_frozen";
            case CurrencyMismatch _ -> "currency_mismatch";
            case BankTransactionAlreadyUsed _ -> "bank_transaction_already_used";
            case PurchaseNotFound _ -> "purchase_not_found";
            case RefundExceedsPurchase _ -> "refund_exceeds_purchase";
            case InsufficientFunds _ -> "insufficient_funds";
            case BalanceTooLarge _ -> "balance_too_large";
            case WalletExists _ -> "wallet_exists";
            case WalletAlreadyFrozen _ -> "wallet_already_frozen";
            case WalletNotFrozen _ -> "wallet_not_frozen";
            case BalanceNotZero _ -> "balance_not_zero";
            case PayoutInTransit _ -> "payout_in_transit";
            case Duplicate _ -> "duplicate";
            case IdempotencyKeyReused _ -> "idempotency_key_reused";
            case GroupFailed _ -> "group_failed";
            case PayoutNotFound _ -> "payout_not_found";
            case PayoutAlreadyEnded _ -> "payout_already_ended";
        };
    }

    /** The facts as they are stored: identifiers, currency codes and minor units as text. */
    default Map<String, String> facts() {
        return switch (this) {
            case AmountTooLarge r -> money("largest", r.largest());
            case WalletNotFound r -> Map.of("user_id", r.userId());
            case WalletClosed r -> Map.of("user_id", r.userId());
            case WalletFrozen r -> Map.of("user_id", r.userId());
            case WalletAlreadyFrozen r -> Map.of("user_id", r.userId());
            case WalletNotFrozen r -> Map.of("user_id", r.userId());
            case CurrencyMismatch r ->
                    Map.of("user_id", r.userId(), "currency", r.currency().code());
            case WalletExists r -> Map.of("user_id", r.userId(), "currency", r.currency().code());
            case RefundExceedsPurchase r ->
                    money("refundable", r.refundable(), "required", r.required());
            case InsufficientFunds r -> money("available", r.available(), "required", r.required());
            case BalanceNotZero r -> money("balance", r.balance());
            case PayoutInTransit(var payout) -> Map.of("payout_id", payout.toString());
            case Duplicate(var original) -> Map.of("original_transaction_id", original.toString());
            case GroupFailed(var failed) -> Map.of("failed_transaction_id", failed.toString());
            case PayoutAlreadyEnded(var endedBy) -> Map.of("ended_by", endedBy.toString());
            case SameWallet _,
                    PayoutNotFound _,
                    BankTransactionAlreadyUsed _,
                    PurchaseNotFound _,
                    BalanceTooLarge _,
                    IdempotencyKeyReused _ ->
                    Map.of();
        };
    }

    /**
     * Reads what {@link #code()} and {@link #facts()} wrote.
     *
     * @throws IllegalArgumentException when there is no such rejection
     * @throws NullPointerException when a fact is missing
     */
    static Rejection of(String code, Map<String, String> facts) {
        return switch (code) {
            case "amount_too_large" -> new AmountTooLarge(money(facts, "largest"));
            case "same_wallet" -> new SameWallet();
            case "wallet_not_found" -> new WalletNotFound(text(facts, "user_id"));
            case "wallet_closed" -> new WalletClosed(text(facts, "user_id"));
            case "wallet_frozen" -> new WalletFrozen(text(facts, "user_id"));
            case "currency_mismatch" ->
                    new CurrencyMismatch(text(facts, "user_id"), currency(facts));
            case "bank_transaction_already_used" -> new BankTransactionAlreadyUsed();
            case "purchase_not_found" -> new PurchaseNotFound();
            case "refund_exceeds_purchase" ->
                    new RefundExceedsPurchase(money(facts, "refundable"), money(facts, "required"));
            case "insufficient_funds" ->
                    new InsufficientFunds(money(facts, "available"), money(facts, "required"));
            case "balance_too_large" -> new BalanceTooLarge();
            case "wallet_exists" -> new WalletExists(text(facts, "user_id"), currency(facts));
            case "wallet_already_frozen" -> new WalletAlreadyFrozen(text(facts, "user_id"));
            case "wallet_not_frozen" -> new WalletNotFrozen(text(facts, "user_id"));
            case "balance_not_zero" -> new BalanceNotZero(money(facts, "balance"));
            case "payout_in_transit" -> new PayoutInTransit(id(facts, "payout_id"));
            case "duplicate" -> new Duplicate(id(facts, "original_transaction_id"));
            case "idempotency_key_reused" -> new IdempotencyKeyReused();
            case "group_failed" -> new GroupFailed(id(facts, "failed_transaction_id"));
            case "payout_not_found" -> new PayoutNotFound();
            case "payout_already_ended" -> new PayoutAlreadyEnded(id(facts, "ended_by"));
            default -> throw new IllegalArgumentException("no rejection has the code " + code);
        };
    }

    private static Map<String, String> money(String name, Money amount) {
        return Map.of(
                name, Long.toString(amount.minorUnits()), "currency", amount.currency().code());
    }

    private static Map<String, String> money(
            String name, Money amount, String otherName, Money other) {
        return Map.of(
                name,
                Long.toString(amount.minorUnits()),
                otherName,
                Long.toString(other.minorUnits()),
                "currency",
                amount.currency().code());
    }

    private static Money money(Map<String, String> facts, String name) {
        return new Money(Long.parseLong(text(facts, name)), currency(facts));
    }

    private static CurrencyCode currency(Map<String, String> facts) {
        return CurrencyCode.of(text(facts, "currency"));
    }

    private static UUID id(Map<String, String> facts, String name) {
        return UUID.fromString(text(facts, name));
    }

    private static String text(Map<String, String> facts, String name) {
        return Objects.requireNonNull(facts.get(name), name);
    }
}
