package digitalwallet.ledger.decide;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Invariant;
import digitalwallet.ledger.Order;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.PurchaseState;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.Transaction.EntryKey;
import digitalwallet.ledger.decide.BatchDecision.PayoutEnd;
import digitalwallet.ledger.decide.BatchDecision.RefundShare;
import digitalwallet.ledger.decide.BatchView.PayoutState;
import digitalwallet.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Handles one command: answers it from its key, or has it judged and writes the verdict down. */
final class Clerk {

    private final Rules rules;
    private final Instant now;

    Clerk(Rules rules, Instant now) {
        this.rules = rules;
        this.now = now;
    }

    Outcome handle(Scratch books, Command command) {
        var key = command.header().key();
        if (key == null) {
            return decide(books, command);
        }
        var taken = books.takenKey(key);
        if (taken != null) {
            return taken.fingerprint().equals(key.fingerprint())
                    ? taken.outcome().withReplayed(true)
                    : new Outcome.KeyReused();
        }
        var outcome = decide(books, command);
        books.take(key, command.id(), outcome);
        return outcome;
    }

    private Outcome.Recorded decide(Scratch books, Command command) {
        if (command instanceof Command.Close close && close.sweepTo() != null) {
            return sweepAndClose(books, close);
        }
        return switch (rules.judge(books, command)) {
            case Verdict.No(var rejection) -> reject(books, command, rejection);
            case Verdict.Yes yes -> post(books, command, yes, null);
        };
    }

    /** What is left goes to another user, and the wallet is closed; or nothing is done at all. */
    private Outcome.Recorded sweepAndClose(Scratch books, Command.Close close) {
        var attempt = Scratch.over(books);
        for (var transfer : Sweep.transfers(books, close)) {
            switch (rules.judge(attempt, transfer)) {
                case Verdict.No(var rejection) -> {
                    return reject(books, close, rejection);
                }
                case Verdict.Yes yes -> post(attempt, transfer, yes, close.id());
            }
        }
        return switch (rules.judge(attempt, close)) {
            case Verdict.No(var rejection) -> reject(books, close, rejection);
            case Verdict.Yes yes -> {
                var posted = post(attempt, close, yes, null);
                attempt.merge(books);
                yield posted;
            }
        };
    }

    /** Remembers that it was rejected. */
    Outcome.Rejected reject(Scratch books, Command command, Rejection rejection) {
        var transaction = transaction(command, rejection, List.of(), null);
        books.add(transaction);
        return new Outcome.Rejected(transaction, false);
    }

    /**
     * Posts it.
     *
     * @param cause the command that it is a part of; null when it was sent itself
     */
    private Outcome.Posted post(
            Scratch books, Command command, Verdict.Yes verdict, @Nullable UUID cause) {
        var amount = concerned(command);
        long sum = 0;
        Outcome.Balance balance = null;
        var entryKeys = new ArrayList<EntryKey>(verdict.moves().size());
        for (var move : verdict.moves()) {
            var entry = move.entry(command.id(), now, books.hasChanged(move.account()));
            sum = Math.addExact(sum, entry.amount());
            entryKeys.add(new EntryKey(entry.accountId(), entry.version()));
            books.add(move, entry);
            boolean ofWallet = move.account().kind() == AccountKind.WALLET;
            if (balance == null && amount != null && ofWallet) {
                var after = new Money(entry.balanceAfter(), amount.currency());
                balance = new Outcome.Balance(after, entry.version());
            }
        }
        // All moves of one command are in its one currency, anchors move nothing.
        Invariant.check(sum == 0, "the entries of a transaction sum to zero");
        var transaction = transaction(command, null, entryKeys, cause);
        books.add(transaction);
        remember(books, command);
        var reference = rules.uniqueReference(command);
        if (reference != null) {
            books.use(reference, command.id());
        }
        return new Outcome.Posted(transaction, balance, draw(books, command, verdict), false);
    }

    private static void remember(Scratch books, Command command) {
        if (command instanceof Command.Deposit) {
            var reference = command.header().bankReference();
            if (reference != null) {
                books.addCredit(reference, command.id());
            }
        }
        if (command instanceof Command.Purchase(_, var userId, var amount, var orderId)) {
            var currency = amount.currency();
            books.addPurchase(
                    command.id(),
                    new PurchaseState(userId, currency, orderId, amount.minorUnits(), 0, 0));
        }
        if (command instanceof Command.Payout(_, var userId, var amount)) {
            var payout = new PayoutState(userId, amount.currency(), amount.minorUnits(), null);
            books.addPayout(command.id(), payout);
        }
        var ended = PayoutRules.endedBy(command);
        if (ended != null) {
            end(books, command.id(), ended);
        }
    }

    /** A refund that draws on nothing counts against what is bought for its order later. */
    private static List<Outcome.Draw> draw(Scratch books, Command command, Verdict.Yes verdict) {
        if (!(command instanceof Command.Refund refund)) {
            return List.of();
        }
        var amount = refund.amount();
        var orderId = refund.orderId();
        if (verdict.draws().isEmpty() && orderId != null) {
            var order = new Order(refund.userId(), amount.currency(), orderId);
            books.addCredit(order, amount.minorUnits());
        }
        long drawn = 0;
        var draws = new ArrayList<Outcome.Draw>(verdict.draws().size());
        for (var draw : verdict.draws()) {
            drawn = Math.addExact(drawn, draw.amount());
            var left = new Money(draw(books, refund.id(), draw), amount.currency());
            var part = new Money(draw.amount(), amount.currency());
            draws.add(new Outcome.Draw(draw.purchaseId(), part, left));
        }
        Invariant.check(
                drawn == 0 || drawn == amount.minorUnits(),
                "a refund draws its whole amount or nothing");
        return List.copyOf(draws);
    }

    private static void end(Scratch books, UUID endingId, UUID payoutId) {
        var before = books.payout(payoutId);
        if (before == null) {
            throw new IllegalStateException("a payout ends that is not there");
        }
        Invariant.check(before.endedBy() == null, "a payout ends once");
        books.add(
                new PayoutEnd(payoutId, endingId),
                new PayoutState(before.userId(), before.currency(), before.amount(), endingId));
    }

    /** Returns what is left of the purchase, in minor units. */
    private static long draw(Scratch books, UUID refundId, Verdict.Draw draw) {
        var before = books.purchase(draw.purchaseId());
        if (before == null) {
            throw new IllegalStateException("a refund draws on a purchase that is not there");
        }
        int number = Math.addExact(before.refunds(), 1);
        long refunded = Math.addExact(before.refunded(), draw.amount());
        Invariant.check(refunded <= before.amount(), "refunds do not exceed the purchase");
        books.add(
                new RefundShare(
                        draw.purchaseId(),
                        number,
                        refundId,
                        draw.amount(),
                        refunded,
                        before.amount()),
                new PurchaseState(
                        before.userId(),
                        before.currency(),
                        before.orderId(),
                        before.amount(),
                        refunded,
                        number));
        return before.amount() - refunded;
    }

    private Transaction transaction(
            Command command,
            @Nullable Rejection rejection,
            List<EntryKey> entries,
            @Nullable UUID cause) {
        var header = command.header();
        String toUserId = null;
        String orderId = null;
        UUID related = cause;
        switch (command) {
            case Command.Transfer c -> toUserId = c.toUserId();
            case Command.Purchase c -> orderId = c.orderId();
            case Command.Refund c -> {
                orderId = c.orderId();
                related = c.purchaseId();
            }
            case Command.Settlement c -> related = c.payoutId();
            case Command.Reversal c -> related = c.payoutId();
            case Command.Deposit _,
                    Command.Withdraw _,
                    Command.Open _,
                    Command.Freeze _,
                    Command.Unfreeze _,
                    Command.Close _,
                    Command.Reopen _,
                    Command.Payout _ -> {}
        }
        return new Transaction(
                header.transactionId(),
                command.type(),
                rejection,
                command.user(),
                toUserId,
                concerned(command),
                header.initiator(),
                orderId,
                related,
                header.bankReference(),
                header.details(),
                entries,
                now);
    }

    /**
     * The amount in the books: what moves, zero for an opening, none where no currency is named.
     */
    private static @Nullable Money concerned(Command command) {
        return command instanceof Command.Open open
                ? Money.zero(open.currency())
                : command.movedAmount();
    }
}
