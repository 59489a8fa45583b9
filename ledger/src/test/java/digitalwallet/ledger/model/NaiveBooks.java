package digitalwallet.ledger.model;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.scenario.Wallets.Answer;
import digitalwallet.ledger.scenario.Wallets.GroupAnswer;
import digitalwallet.ledger.scenario.Wallets.Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The wallet as one would write it in an afternoon: a map of balances, decimals, and a copy of
 * everything to go back to. It shares no code with the Decider.
 */
final class NaiveBooks {

    private record Known(Object meaning, Answer answer) {}

    private final BigDecimal amountMax;

    private Map<String, AccountStatus> users = new HashMap<>();
    private Map<String, BigDecimal> balances = new HashMap<>();
    private NaivePurchases purchases = new NaivePurchases();
    private NaivePayouts payouts = new NaivePayouts();
    private Set<String> bankTransactions = new HashSet<>();
    private Map<String, Known> keys = new HashMap<>();

    NaiveBooks(BigDecimal amountMax) {
        this.amountMax = amountMax;
    }

    /** The balances of all wallets by user and currency: {@code alice/USD}. */
    Map<String, BigDecimal> wallets() {
        var wallets = new HashMap<>(balances);
        wallets.keySet().removeIf(account -> account.startsWith("/"));
        return wallets;
    }

    GroupAnswer expect(Step step) {
        if (step.requests().size() == 1) {
            var request = step.requests().getFirst();
            var answer = handle(request, step.ids().getFirst(), request.key(), request);
            return new GroupAnswer(List.of(answer), answer.word().equals("posted") ? -1 : 0);
        }
        var earlier = answerEarlier(step);
        return earlier == null ? decideGroup(step) : earlier;
    }

    private @Nullable GroupAnswer answerEarlier(Step step) {
        var known = new LinkedHashMap<Integer, Answer>();
        for (int i = 0; i < step.requests().size(); i++) {
            var earlier = keys.get(step.keyOf(i));
            if (earlier != null && !earlier.meaning().equals(step.meaningOf(i))) {
                return new GroupAnswer(List.of(keyReused()), i);
            }
            if (earlier != null) {
                known.put(i, replayed(earlier.answer()));
            }
        }
        if (known.isEmpty()) {
            return null;
        }
        for (int i = step.requests().size() - 1; i >= 0; i--) {
            var answer = known.get(i);
            if (answer != null && answer.word().startsWith("rejected")) {
                return new GroupAnswer(List.of(answer), i);
            }
        }
        return known.size() == step.requests().size()
                ? new GroupAnswer(List.copyOf(known.values()), -1)
                : new GroupAnswer(List.of(keyReused()), known.keySet().iterator().next());
    }

    private GroupAnswer decideGroup(Step step) {
        var usersBefore = new HashMap<>(users);
        var balancesBefore = new HashMap<>(balances);
        var purchasesBefore = purchases.copy();
        var payoutsBefore = payouts.copy();
        var bankBefore = new HashSet<>(bankTransactions);
        var keysBefore = new HashMap<>(keys);
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < step.requests().size(); i++) {
            var answer =
                    handle(
                            step.requests().get(i),
                            step.ids().get(i),
                            step.keyOf(i),
                            step.meaningOf(i));
            if (!answer.word().equals("posted")) {
                users = usersBefore;
                balances = balancesBefore;
                purchases = purchasesBefore;
                payouts = payoutsBefore;
                bankTransactions = bankBefore;
                keys = keysBefore;
                rememberFailure(step, i, answer);
                return new GroupAnswer(List.of(answer), i);
            }
            answers.add(answer);
        }
        return new GroupAnswer(answers, -1);
    }

    private void rememberFailure(Step step, int index, Answer answer) {
        if (answer.word().equals("key reused")) {
            return;
        }
        var known = new Known(step.meaningOf(index), answer);
        remember(step.keyOf(index), known);
        remember(step.key(), known);
    }

    private void remember(@Nullable String key, Known known) {
        if (key != null) {
            keys.put(key, known);
        }
    }

    private Answer handle(Request request, UUID id, @Nullable String key, Object meaning) {
        var earlier = keys.get(key);
        if (earlier != null) {
            return earlier.meaning().equals(meaning) ? replayed(earlier.answer()) : keyReused();
        }
        var answer = judge(request, id);
        remember(key, new Known(meaning, answer));
        return answer;
    }

    private static Answer replayed(Answer answer) {
        return new Answer(
                answer.transactionId(), answer.word(), true, answer.facts(), answer.balance());
    }

    private static Answer keyReused() {
        return new Answer(null, "key reused", false, Map.of(), null);
    }

    private Answer judge(Request request, UUID id) {
        var objection = new NaiveObjections(this, request).first();
        if (objection != null) {
            var word = "rejected " + objection.code();
            return new Answer(id, word, false, objection.facts(), null);
        }
        apply(request, id);
        return new Answer(id, "posted", false, Map.of(), balanceAfter(request));
    }

    private @Nullable String balanceAfter(Request request) {
        var currency = request.currency();
        if (currency == null || request.type() == TransactionType.SETTLEMENT) {
            return null;
        }
        var balance = balance(request.userId(), currency.code());
        return Objects.requireNonNull(balance).toPlainString();
    }

    private void apply(Request request, UUID id) {
        var user = request.userId();
        switch (request.type()) {
            case DEPOSIT -> {
                move("/bank", user, request);
                var bank = request.bankTransactionId();
                if (bank != null) {
                    bankTransactions.add(bank);
                }
            }
            case WITHDRAW -> move(user, "/bank", request);
            case PURCHASE -> {
                move(user, "/sales", request);
                purchases.make(id, request);
            }
            case REFUND -> {
                move("/sales", user, request);
                purchases.draw(request);
            }
            case TRANSFER -> move(user, Objects.requireNonNull(request.toUserId()), request);
            case PAYOUT -> {
                move(user, "/payouts", request);
                payouts.make(id, request);
            }
            case SETTLEMENT, REVERSAL -> {
                boolean settled = request.type() == TransactionType.SETTLEMENT;
                move("/payouts", settled ? "/bank" : user, request);
                payouts.end(request, id);
            }
            case OPEN -> {
                users.putIfAbsent(user, AccountStatus.OPEN);
                balances.put(user + "/" + code(request), zero(request));
            }
            case FREEZE -> users.put(user, Objects.requireNonNull(request.frozen()));
            case UNFREEZE, REOPEN -> users.put(user, AccountStatus.OPEN);
            case CLOSE -> users.put(user, AccountStatus.CLOSED);
        }
    }

    private void move(String from, String to, Request request) {
        add(from, request, -1);
        add(to, request, 1);
    }

    private void add(String owner, Request request, int sign) {
        var change = sign > 0 ? amount(request) : amount(request).negate();
        users.putIfAbsent(owner, AccountStatus.OPEN);
        balances.merge(owner + "/" + code(request), change, BigDecimal::add);
    }

    @Nullable AccountStatus status(String user) {
        return users.get(user);
    }

    @Nullable BigDecimal balance(String owner, String currency) {
        return balances.get(owner + "/" + currency);
    }

    /** All balances of a user by currency. */
    Map<String, BigDecimal> balancesOf(String user) {
        var all = new HashMap<String, BigDecimal>();
        balances.forEach(
                (account, balance) -> {
                    if (account.startsWith(user + "/")) {
                        all.put(account.substring(user.length() + 1), balance);
                    }
                });
        return all;
    }

    NaivePurchases purchases() {
        return purchases;
    }

    NaivePayouts payouts() {
        return payouts;
    }

    boolean isCredited(@Nullable String bankTransaction) {
        return bankTransactions.contains(bankTransaction);
    }

    BigDecimal amountMax() {
        return amountMax;
    }

    static BigDecimal amount(Request request) {
        return new BigDecimal(Objects.requireNonNull(request.amount()).toDecimal());
    }

    static String code(Request request) {
        return Objects.requireNonNull(request.currency()).code();
    }

    static BigDecimal zero(Request request) {
        var currency = Objects.requireNonNull(request.currency());
        return BigDecimal.ZERO.setScale(currency.decimals());
    }
}
