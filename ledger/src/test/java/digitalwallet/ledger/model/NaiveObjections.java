package digitalwallet.ledger.model;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.scenario.Wallets.Request;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that speaks against a request, from which the first in the published order counts. */
final class NaiveObjections {

    /** One of them. */
    record Objection(String code, Map<String, String> facts) {}

    private static final List<String> ORDER =
            List.of(
                    "amount_too_large",
                    "same_wallet",
                    "wallet_not_found",
                    "wallet_exists",
                    "wallet_closed",
                    "wallet_frozen",
                    "wallet_already_frozen",
                    "wallet_not_frozen",
                    "wallet_not_closed",
                    "balance_not_zero",
                    "payout_in_transit",
                    "currency_mismatch",
                    "bank_transaction_already_used",
                    "purchase_not_found",
                    "refund_exceeds_purchase",
                    "too_many_purchases",
                    "payout_not_found",
                    "payout_already_ended",
                    "insufficient_funds",
                    "receiver_unavailable",
                    "balance_too_large");

    private final NaiveBooks books;
    private final Request request;
    private final List<Objection> objections = new ArrayList<>();

    NaiveObjections(NaiveBooks books, Request request) {
        this.books = books;
        this.request = request;
    }

    @Nullable Objection first() {
        var user = request.userId();
        switch (request.type()) {
            case DEPOSIT -> {
                credit(user);
                object(
                        books.isCredited(request.bankTransactionId()),
                        reject("bank_transaction_already_used"));
                overflow("/bank", -1);
            }
            case WITHDRAW -> debit(user, "/bank");
            case PURCHASE -> debit(user, "/sales");
            case REFUND -> {
                known(user);
                hasWallet(user);
                credit(user);
                refund();
                overflow("/sales", -1);
            }
            case TRANSFER -> transfer(user);
            case PAYOUT -> debit(user, "/payouts");
            case SETTLEMENT -> end("/bank");
            case REVERSAL -> end(user);
            case OPEN -> open(user);
            case FREEZE -> freeze(user);
            case UNFREEZE -> unfreeze(user);
            case CLOSE -> close(user);
            case REOPEN -> reopen(user);
        }
        return objections.stream()
                .min(Comparator.comparingInt(objection -> ORDER.indexOf(objection.code())))
                .orElse(null);
    }

    private void transfer(String user) {
        var receiver = Objects.requireNonNull(request.toUserId());
        object(user.equals(receiver), reject("same_wallet"));
        debit(user);
        known(receiver);
        credit(receiver);
    }

    private void freeze(String user) {
        known(user);
        closed(user);
        boolean same = books.status(user) == request.frozen();
        object(same, reject("wallet_already_frozen", "user_id", user));
    }

    private void unfreeze(String user) {
        known(user);
        closed(user);
        boolean open = books.status(user) == AccountStatus.OPEN;
        object(open, reject("wallet_not_frozen", "user_id", user));
    }

    private void reopen(String user) {
        known(user);
        boolean closed = books.status(user) == AccountStatus.CLOSED;
        object(!closed, reject("wallet_not_closed", "user_id", user));
    }

    private void debit(String user, String receiver) {
        debit(user);
        overflow(receiver, 1);
    }

    private void debit(String user) {
        known(user);
        closed(user);
        var status = books.status(user);
        object(
                status == AccountStatus.FROZEN || status == AccountStatus.DEBITS_FROZEN,
                reject("wallet_frozen", "user_id", user));
        hasWallet(user);
        amountMax();
        var balance = books.balance(user, NaiveBooks.code(request));
        var amount = NaiveBooks.amount(request);
        if (balance != null && balance.compareTo(amount) < 0) {
            objections.add(
                    reject(
                            "insufficient_funds",
                            "available",
                            balance.toPlainString(),
                            "required",
                            amount.toPlainString(),
                            "currency",
                            NaiveBooks.code(request)));
        }
    }

    private void credit(String user) {
        closed(user);
        var status = books.status(user);
        object(
                status == AccountStatus.FROZEN || status == AccountStatus.CREDITS_FROZEN,
                reject("wallet_frozen", "user_id", user));
        amountMax();
        overflow(user, 1);
    }

    private void open(String user) {
        var currency = NaiveBooks.code(request);
        object(
                books.balance(user, currency) != null,
                reject("wallet_exists", "user_id", user, "currency", currency));
        closed(user);
        var status = books.status(user);
        object(
                status != null && status != AccountStatus.OPEN,
                reject("wallet_frozen", "user_id", user));
    }

    private void close(String user) {
        known(user);
        closed(user);
        books.balancesOf(user)
                .forEach(
                        (currency, balance) ->
                                object(
                                        balance.signum() != 0,
                                        // Which of several wallets is told first is not promised.
                                        reject("balance_not_zero")));
        object(books.payouts().isInTransit(user), reject("payout_in_transit"));
    }

    private void refund() {
        var purchases = books.purchases().refundable(request);
        object(request.purchaseId() != null && purchases.isEmpty(), reject("purchase_not_found"));
        object(books.purchases().isMistaken(request), reject("purchase_not_found"));
        var left = books.purchases().leftOf(purchases, request);
        var amount = NaiveBooks.amount(request);
        if (!purchases.isEmpty() && left.compareTo(amount) < 0) {
            objections.add(
                    reject(
                            "refund_exceeds_purchase",
                            "refundable",
                            left.setScale(amount.scale()).toPlainString(),
                            "required",
                            amount.toPlainString(),
                            "currency",
                            NaiveBooks.code(request)));
        }
    }

    private void end(String receiver) {
        object(!books.payouts().isNamedBy(request), reject("payout_not_found"));
        var endedBy = books.payouts().endOf(request);
        if (endedBy != null) {
            objections.add(reject("payout_already_ended", "ended_by", endedBy.toString()));
        }
        overflow(receiver, 1);
    }

    private void amountMax() {
        var amount = NaiveBooks.amount(request);
        // Whatever is configured: ten thousand of them must fit into 64 bits.
        var representable = BigDecimal.valueOf(Long.MAX_VALUE / 10_000, amount.scale());
        var largest =
                books.amountMax().setScale(amount.scale(), RoundingMode.DOWN).min(representable);
        object(
                amount.compareTo(largest) > 0,
                reject(
                        "amount_too_large",
                        "largest",
                        largest.toPlainString(),
                        "currency",
                        NaiveBooks.code(request)));
    }

    private void known(String user) {
        object(books.status(user) == null, reject("wallet_not_found", "user_id", user));
    }

    private void closed(String user) {
        object(
                books.status(user) == AccountStatus.CLOSED,
                reject("wallet_closed", "user_id", user));
    }

    private void hasWallet(String user) {
        var currency = NaiveBooks.code(request);
        object(
                books.balance(user, currency) == null,
                reject("currency_mismatch", "user_id", user, "currency", currency));
    }

    private void overflow(String owner, int sign) {
        var before =
                Objects.requireNonNullElse(
                        books.balance(owner, NaiveBooks.code(request)), BigDecimal.ZERO);
        var after =
                before.add(NaiveBooks.amount(request).multiply(BigDecimal.valueOf(sign)))
                        .unscaledValue();
        object(after.bitLength() > 63, reject("balance_too_large"));
    }

    private void object(boolean applies, Objection objection) {
        if (applies) {
            objections.add(objection);
        }
    }

    private static Objection reject(String code, String... facts) {
        var map = new TreeMap<String, String>();
        for (int i = 0; i < facts.length; i += 2) {
            map.put(facts[i], facts[i + 1]);
        }
        return new Objection(code, map);
    }
}
