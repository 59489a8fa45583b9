package digitalwallet.ledger.decide;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Rejection.AmountTooLarge;
import digitalwallet.ledger.Rejection.BalanceTooLarge;
import digitalwallet.ledger.Rejection.BankTransactionAlreadyUsed;
import digitalwallet.ledger.Rejection.CurrencyMismatch;
import digitalwallet.ledger.Rejection.InsufficientFunds;
import digitalwallet.ledger.Rejection.OrderAlreadyPaid;
import digitalwallet.ledger.Rejection.ReceiverUnavailable;
import digitalwallet.ledger.Rejection.SameWallet;
import digitalwallet.ledger.Rejection.WalletClosed;
import digitalwallet.ledger.Rejection.WalletFrozen;
import digitalwallet.ledger.Rejection.WalletNotFound;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which commands may be done, and what they do to the accounts. Each verb's checks stand in the
 * order of precedence that the API promises; after the last one nothing can go wrong but {@code
 * balance_too_large}, which is last for all.
 */
final class Rules {

    /** What a lane uses for all movements in one currency. */
    private record Counterparts(
            Money largest, AccountName bank, AccountName sales, AccountName payouts) {}

    private final Limits limits;
    private final int lane;
    private final Map<CurrencyCode, Counterparts> counterparts = new HashMap<>();

    Rules(Limits limits, int lane) {
        this.limits = limits;
        this.lane = lane;
    }

    Verdict judge(Scratch books, Command command) {
        var verdict =
                switch (command) {
                    case Command.Deposit c -> deposit(books, c);
                    case Command.Withdraw c ->
                            debit(books, c, c.amount(), counterparts(c.amount()).bank());
                    case Command.Purchase c ->
                            debit(books, c, c.amount(), counterparts(c.amount()).sales());
                    case Command.Refund c -> refund(books, c);
                    case Command.Transfer c -> transfer(books, c);
                    case Command.Open c -> UserRules.open(books, c);
                    case Command.Freeze c -> UserRules.freeze(books, c);
                    case Command.Unfreeze c -> UserRules.unfreeze(books, c);
                    case Command.Close c -> UserRules.close(books, c);
                    case Command.Reopen c -> UserRules.reopen(books, c);
                    case Command.Payout c ->
                            debit(books, c, c.amount(), counterparts(c.amount()).payouts());
                    case Command.Settlement c -> settle(books, c);
                    case Command.Reversal c -> {
                        var payouts = counterparts(c.amount()).payouts();
                        yield PayoutRules.reverse(
                                books, c, move(books, payouts, -c.amount().minorUnits()));
                    }
                };
        if (!(verdict instanceof Verdict.Yes(var moves, _)) || !overflows(moves)) {
            return verdict;
        }
        // It can only be the receiver's balance: even that is nothing for a user to know.
        return command instanceof Command.Transfer && command.header().initiator().isUser()
                ? Verdict.no(new ReceiverUnavailable())
                : Verdict.no(new BalanceTooLarge());
    }

    private Verdict deposit(Scratch books, Command.Deposit command) {
        var amount = command.amount();
        var counterparts = counterparts(amount);
        if (amount.minorUnits() > counterparts.largest().minorUnits()) {
            return Verdict.no(new AmountTooLarge(counterparts.largest()));
        }
        var receiver = books.side(command.userId(), amount.currency());
        if (receiver.isClosed()) {
            return Verdict.no(new WalletClosed(receiver.userId()));
        }
        if (!receiver.status().allowsCredits()) {
            return Verdict.no(new WalletFrozen(receiver.userId()));
        }
        var reference = command.header().bankReference();
        if (reference != null && books.isCredited(reference)) {
            return Verdict.no(new BankTransactionAlreadyUsed());
        }
        var bank = counterparts.bank();
        return credit(receiver, Move.of(bank, books.account(bank), -amount.minorUnits()), amount);
    }

    private Verdict debit(Scratch books, Command command, Money amount, AccountName other) {
        var largest = counterparts(amount).largest();
        if (amount.minorUnits() > largest.minorUnits()) {
            return Verdict.no(new AmountTooLarge(largest));
        }
        var sender = books.side(command.user(), amount.currency());
        var objection = statusOf(sender, amount.currency());
        if (objection != null) {
            return objection;
        }
        var reference = uniqueReference(command);
        var before = reference == null ? null : books.userOf(reference);
        if (before != null) {
            return Verdict.no(
                    command instanceof Command.Purchase
                            ? new OrderAlreadyPaid(before)
                            : new BankTransactionAlreadyUsed());
        }
        return amount.minorUnits() > sender.available()
                ? insufficientFunds(sender, amount)
                : Verdict.yes(
                        List.of(
                                sender.move(-amount.minorUnits()),
                                Move.of(other, books.account(other), amount.minorUnits())));
    }

    /** What the command uses up; null when it uses up nothing. */
    @Nullable UUID uniqueReference(Command command) {
        return UniqueReference.of(limits.unique(), command);
    }

    /** What the sender's own wallet says against it; null when nothing does. */
    private static @Nullable Verdict debitOf(Side sender, Money amount) {
        var objection = statusOf(sender, amount.currency());
        return objection == null && amount.minorUnits() > sender.available()
                ? insufficientFunds(sender, amount)
                : objection;
    }

    private static @Nullable Verdict statusOf(Side sender, CurrencyCode currency) {
        if (!sender.isKnown()) {
            return Verdict.no(new WalletNotFound(sender.userId()));
        }
        if (sender.isClosed()) {
            return Verdict.no(new WalletClosed(sender.userId()));
        }
        if (!sender.status().allowsDebits()) {
            return Verdict.no(new WalletFrozen(sender.userId()));
        }
        return sender.hasWallet()
                ? null
                : Verdict.no(new CurrencyMismatch(sender.userId(), currency));
    }

    /** A sender who may know nothing of the receiver but that they cannot receive. */
    private static Verdict payUnknown(Side sender, Side receiver, Money amount) {
        boolean receives =
                receiver.isKnown() && !receiver.isClosed() && receiver.status().allowsCredits();
        return receives
                ? pay(sender, receiver, amount.minorUnits())
                : Verdict.no(new ReceiverUnavailable());
    }

    private Verdict refund(Scratch books, Command.Refund command) {
        var amount = command.amount();
        var counterparts = counterparts(amount);
        if (amount.minorUnits() > counterparts.largest().minorUnits()) {
            return Verdict.no(new AmountTooLarge(counterparts.largest()));
        }
        var receiver = books.side(command.userId(), amount.currency());
        if (!receiver.isKnown()) {
            return Verdict.no(new WalletNotFound(receiver.userId()));
        }
        if (receiver.isClosed()) {
            return Verdict.no(new WalletClosed(receiver.userId()));
        }
        if (!receiver.status().allowsCredits()) {
            return Verdict.no(new WalletFrozen(receiver.userId()));
        }
        if (!receiver.hasWallet()) {
            return Verdict.no(new CurrencyMismatch(receiver.userId(), amount.currency()));
        }
        var sales = counterparts.sales();
        return new RefundRules(books, limits.refundsNeedPurchase())
                .draw(
                        command,
                        List.of(
                                receiver.move(amount.minorUnits()),
                                Move.of(sales, books.account(sales), -amount.minorUnits())));
    }

    private Verdict transfer(Scratch books, Command.Transfer command) {
        var amount = command.amount();
        var largest = counterparts(amount).largest();
        if (amount.minorUnits() > largest.minorUnits()) {
            return Verdict.no(new AmountTooLarge(largest));
        }
        if (command.fromUserId().equals(command.toUserId())) {
            return Verdict.no(new SameWallet());
        }
        var sender = books.side(command.fromUserId(), amount.currency());
        var receiver = books.side(command.toUserId(), amount.currency());
        if (command.header().initiator().isUser()) {
            var objection = debitOf(sender, amount);
            return objection == null ? payUnknown(sender, receiver, amount) : objection;
        }
        if (!sender.isKnown()) {
            return Verdict.no(new WalletNotFound(sender.userId()));
        }
        if (!receiver.isKnown()) {
            return Verdict.no(new WalletNotFound(receiver.userId()));
        }
        if (sender.isClosed()) {
            return Verdict.no(new WalletClosed(sender.userId()));
        }
        if (receiver.isClosed()) {
            return Verdict.no(new WalletClosed(receiver.userId()));
        }
        if (!sender.status().allowsDebits()) {
            return Verdict.no(new WalletFrozen(sender.userId()));
        }
        if (!receiver.status().allowsCredits()) {
            return Verdict.no(new WalletFrozen(receiver.userId()));
        }
        if (!sender.hasWallet()) {
            return Verdict.no(new CurrencyMismatch(sender.userId(), amount.currency()));
        }
        return amount.minorUnits() > sender.available()
                ? insufficientFunds(sender, amount)
                : pay(sender, receiver, amount.minorUnits());
    }

    private Verdict settle(Scratch books, Command.Settlement command) {
        var counterparts = counterparts(command.amount());
        long amount = command.amount().minorUnits();
        return PayoutRules.settle(
                books,
                command,
                move(books, counterparts.payouts(), -amount),
                move(books, counterparts.bank(), amount));
    }

    private static Move move(Scratch books, AccountName system, long amount) {
        return Move.of(system, books.account(system), amount);
    }

    private static Verdict credit(Side receiver, Move other, Money amount) {
        var moves = new ArrayList<Move>(3);
        moves.add(receiver.move(amount.minorUnits()));
        moves.add(other);
        moves.addAll(receiver.opening());
        return Verdict.yes(moves);
    }

    private static Verdict pay(Side sender, Side receiver, long amount) {
        var moves = new ArrayList<Move>(3);
        moves.add(sender.move(-amount));
        moves.add(receiver.move(amount));
        moves.addAll(receiver.opening());
        return Verdict.yes(moves);
    }

    private static Verdict insufficientFunds(Side sender, Money required) {
        var available = new Money(sender.available(), required.currency());
        return Verdict.no(new InsufficientFunds(available, required));
    }

    private static boolean overflows(List<Move> moves) {
        for (var move : moves) {
            if (move.overflows()) {
                return true;
            }
        }
        return false;
    }

    private Counterparts counterparts(Money amount) {
        return counterparts.computeIfAbsent(
                amount.currency(),
                currency ->
                        new Counterparts(
                                limits.largest(currency),
                                AccountName.system(AccountKind.BANK, currency, lane),
                                AccountName.system(AccountKind.SALES, currency, lane),
                                AccountName.system(AccountKind.PAYOUTS, currency, lane)));
    }
}
