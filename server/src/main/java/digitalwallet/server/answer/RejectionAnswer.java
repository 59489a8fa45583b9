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
            case Rejection.SameWallet _ -> "to_user_id is the sender: name somebody else";
            case Rejection.WalletNotFound(var user) ->
                    user + " has no wallet: check the id, or open one";
            case Rejection.WalletClosed(var user) ->
                    "the wallet of " + user + " is closed: support can reopen it";
            case Rejection.WalletFrozen(var user) ->
                    "the wallet of " + user + " is frozen: support can end that";
            case Rejection.CurrencyMismatch(var user, var currency) ->
                    user + " has no wallet in " + currency + ": open one, or name another currency";
            case Rejection.BankTransactionAlreadyUsed _ ->
                    "this bank_transaction_id was used before: send each bank transaction once";
            case Rejection.OrderAlreadyPaid _ ->
                    "this order_id was paid for before: see original_transaction_id, or name"
                            + " another order";
            case Rejection.PurchaseNotFound _ -> PURCHASE_NOT_FOUND;
            case Rejection.RefundExceedsPurchase(var refundable, var required) ->
                    "the amount is more than is left: "
                            + refundable
                            + " can be refunded, not "
                            + required;
            case Rejection.TooManyPurchases(var refundable, _) ->
                    "the order has too many purchases: refund at most "
                            + refundable
                            + " at once, or name a purchase by related_transaction_id";
            case Rejection.ReceiverUnavailable _ ->
                    "the receiver cannot receive this: ask them which id and currency they have";
            case Rejection.InsufficientFunds(var available, var required) ->
                    available
                            + " is available, "
                            + required
                            + " is required: fund the wallet, or send less";
            case Rejection.BalanceTooLarge _ ->
                    "the balance would be larger than the books hold: use another wallet";
            case Rejection.WalletExists(var user, var currency) ->
                    user + " has a wallet in " + currency + " already: use it";
            case Rejection.WalletAlreadyFrozen(var user) ->
                    "the wallet of " + user + " is frozen like this already: nothing is to do";
            case Rejection.WalletNotFrozen(var user) ->
                    "the wallet of " + user + " is not frozen: nothing is to do";
            case Rejection.WalletNotClosed(var user) ->
                    "the wallet of " + user + " is not closed: nothing is to do";
            case Rejection.BalanceNotZero(var balance) ->
                    "the wallet still holds " + balance + ": move it first, or send sweep_to";
            case Rejection.PayoutInTransit _ ->
                    "a payout is on its way and may come back: wait until it has ended";
            case Rejection.Duplicate _ ->
                    "this idempotency key has its outcome: see original_transaction_id";
            case Rejection.IdempotencyKeyReused _ ->
                    "this idempotency key was used for another request: send a new one";
            case Rejection.PayoutNotFound _ ->
                    "there is no such payout of this user: check payout_id";
            case Rejection.PayoutAlreadyEnded _ ->
                    "this payout was settled or has come back: see ended_by";
            case Rejection.GroupFailed _ ->
                    "a command of the same group was rejected: see failed_transaction_id";
        };
    }
}
