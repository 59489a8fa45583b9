package digitalwallet.server.answer;

import digitalwallet.gate.problem.Problem;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import digitalwallet.money.Money;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the books' refusals look in answers. */
final class RejectionAnswer {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final String PURCHASE_NOT_FOUND =
            "there is no such purchase of this wallet: user, currency and each reference must be"
                    + " those of the purchase, in the same case";

    private static final String SAME_WALLET = "to_user_id is the sender: name somebody else";
    private static final String BANK_TRANSACTION_USED =
            "this bank_transaction_id was used before: send each bank transaction once";
    private static final String ORDER_PAID =
            "this order_id was paid for before: see original_transaction_id, or name"
                    + " another order";
    private static final String RECEIVER_UNAVAILABLE =
            "the receiver cannot receive this: ask them which id and currency they have";
    private static final String BALANCE_TOO_LARGE =
            "the balance would be larger than the books hold: use another wallet";
    private static final String PAYOUT_IN_TRANSIT =
            "a payout is on its way and may come back: wait until it has ended";
    private static final String DUPLICATE =
            "this idempotency key has its outcome: see original_transaction_id";
    private static final String KEY_REUSED =
            "this idempotency key was used for another request: send a new one";
    private static final String PAYOUT_NOT_FOUND =
            "there is no such payout of this user: check payout_id";
    private static final String PAYOUT_ENDED =
            "this payout was settled or has come back: see ended_by";
    private static final String GROUP_FAILED =
            "a command of the same group was rejected: see failed_transaction_id";

    private static final String NAME_ONE = " at once, or name a purchase by related_transaction_id";

    private RejectionAnswer() {}

    /**
     * The problem document of a rejected transaction.
     *
     * @param requestId what the request is called that is answered, be it the first or a replay
     */
    static Problem problem(Transaction transaction, Rejection rejection, String requestId) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("transaction_id", transaction.id());
        facts.putAll(facts(rejection));
        return new Problem(
                status(rejection, transaction.type()),
                rejection.code(),
                "The books refuse this",
                sentence(rejection),
                requestId,
                false,
                facts);
    }

    /**
     * 404 where the path names a wallet that is not there, 409 where the wallet's state stands in
     * the way of changing it, otherwise 422.
     */
    static int status(Rejection rejection, TransactionType type) {
        return switch (rejection) {
            case Rejection.WalletExists _,
                    Rejection.WalletAlreadyFrozen _,
                    Rejection.WalletNotFrozen _,
                    Rejection.WalletNotClosed _,
                    Rejection.BalanceNotZero _,
                    Rejection.PayoutInTransit _ ->
                    CONFLICT;
            case Rejection.WalletClosed _, Rejection.WalletFrozen _ -> ofClosedWallet(type);
            case Rejection.WalletNotFound _ -> ofUnknownWallet(type);
            case Rejection.AmountTooLarge _,
                    Rejection.SameWallet _,
                    Rejection.CurrencyMismatch _,
                    Rejection.BankTransactionAlreadyUsed _,
                    Rejection.OrderAlreadyPaid _,
                    Rejection.PurchaseNotFound _,
                    Rejection.RefundExceedsPurchase _,
                    Rejection.TooManyPurchases _,
                    Rejection.ReceiverUnavailable _,
                    Rejection.InsufficientFunds _,
                    Rejection.BalanceTooLarge _,
                    Rejection.Duplicate _,
                    Rejection.IdempotencyKeyReused _,
                    Rejection.PayoutNotFound _,
                    Rejection.PayoutAlreadyEnded _,
                    Rejection.GroupFailed _ ->
                    UNPROCESSABLE;
        };
    }

    private static int ofClosedWallet(TransactionType type) {
        return switch (type) {
            case OPEN, FREEZE, UNFREEZE, CLOSE, REOPEN -> CONFLICT;
            case DEPOSIT, WITHDRAW, PURCHASE, REFUND, TRANSFER, PAYOUT, SETTLEMENT, REVERSAL ->
                    UNPROCESSABLE;
        };
    }

    private static int ofUnknownWallet(TransactionType type) {
        return switch (type) {
            case FREEZE, UNFREEZE, CLOSE, REOPEN -> NOT_FOUND;
            case OPEN,
                    DEPOSIT,
                    WITHDRAW,
                    PURCHASE,
                    REFUND,
                    TRANSFER,
                    PAYOUT,
                    SETTLEMENT,
                    REVERSAL ->
                    UNPROCESSABLE;
        };
    }

    /** The facts by name, amounts in major units. */
    static Map<String, String> facts(Rejection rejection) {
        return rejection.facts().texts(Money::toDecimal);
    }

    private static String sentence(Rejection rejection) {
        return switch (rejection) {
            case Rejection.AmountTooLarge(var largest) ->
                    "the amount is more than one command may move: send at most " + largest;
            case Rejection.SameWallet _ -> SAME_WALLET;
            case Rejection.BankTransactionAlreadyUsed _ -> BANK_TRANSACTION_USED;
            case Rejection.OrderAlreadyPaid _ -> ORDER_PAID;
            case Rejection.PurchaseNotFound _ -> PURCHASE_NOT_FOUND;
            case Rejection.RefundExceedsPurchase(var refundable, var required) ->
                    "the amount is more than is left: "
                            + refundable
                            + " can be refunded, not "
                            + required;
            case Rejection.TooManyPurchases(var refundable, _) ->
                    "the order has too many purchases: refund at most " + refundable + NAME_ONE;
            case Rejection.ReceiverUnavailable _ -> RECEIVER_UNAVAILABLE;
            case Rejection.InsufficientFunds(var available, var required) ->
                    tooLittle(available, required);
            case Rejection.BalanceTooLarge _ -> BALANCE_TOO_LARGE;
            case Rejection.BalanceNotZero(var balance) ->
                    "the wallet still holds " + balance + ": move it first, or send sweep_to";
            case Rejection.PayoutInTransit _ -> PAYOUT_IN_TRANSIT;
            case Rejection.Duplicate _ -> DUPLICATE;
            case Rejection.IdempotencyKeyReused _ -> KEY_REUSED;
            case Rejection.PayoutNotFound _ -> PAYOUT_NOT_FOUND;
            case Rejection.PayoutAlreadyEnded _ -> PAYOUT_ENDED;
            case Rejection.GroupFailed _ -> GROUP_FAILED;
            case Rejection.WalletNotFound _,
                    Rejection.WalletClosed _,
                    Rejection.WalletFrozen _,
                    Rejection.CurrencyMismatch _,
                    Rejection.WalletExists _,
                    Rejection.WalletAlreadyFrozen _,
                    Rejection.WalletNotFrozen _,
                    Rejection.WalletNotClosed _ ->
                    ofWallet(rejection);
        };
    }

    private static String tooLittle(Money available, Money required) {
        return available
                + " is available, "
                + required
                + " is required: fund the wallet, or send less";
    }

    /** What the state of somebody's wallet says against it. */
    private static String ofWallet(Rejection rejection) {
        return switch (rejection) {
            case Rejection.WalletNotFound(var user) ->
                    user + " has no wallet: check the id, or open one";
            case Rejection.WalletClosed(var user) ->
                    "the wallet of " + user + " is closed: support can reopen it";
            case Rejection.WalletFrozen(var user) ->
                    "the wallet of " + user + " is frozen: support can end that";
            case Rejection.CurrencyMismatch(var user, var currency) ->
                    user + " has no wallet in " + currency + ": open one, or name another currency";
            case Rejection.WalletExists(var user, var currency) ->
                    user + " has a wallet in " + currency + " already: use it";
            case Rejection.WalletAlreadyFrozen(var user) ->
                    "the wallet of " + user + " is frozen like this already: nothing is to do";
            case Rejection.WalletNotFrozen(var user) ->
                    "the wallet of " + user + " is not frozen: nothing is to do";
            case Rejection.WalletNotClosed(var user) ->
                    "the wallet of " + user + " is not closed: nothing is to do";
            case Rejection.AmountTooLarge _,
                    Rejection.SameWallet _,
                    Rejection.BankTransactionAlreadyUsed _,
                    Rejection.OrderAlreadyPaid _,
                    Rejection.PurchaseNotFound _,
                    Rejection.RefundExceedsPurchase _,
                    Rejection.TooManyPurchases _,
                    Rejection.ReceiverUnavailable _,
                    Rejection.InsufficientFunds _,
                    Rejection.BalanceTooLarge _,
                    Rejection.BalanceNotZero _,
                    Rejection.PayoutInTransit _,
                    Rejection.Duplicate _,
                    Rejection.IdempotencyKeyReused _,
                    Rejection.PayoutNotFound _,
                    Rejection.PayoutAlreadyEnded _,
                    Rejection.GroupFailed _ ->
                    throw new IllegalArgumentException(
                            "nothing of a wallet's state: " + rejection.code());
        };
    }
}
