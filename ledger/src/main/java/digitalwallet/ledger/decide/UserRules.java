package digitalwallet.ledger.decide;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Rejection.BalanceNotZero;
import digitalwallet.ledger.Rejection.PayoutInTransit;
import digitalwallet.ledger.Rejection.WalletAlreadyFrozen;
import digitalwallet.ledger.Rejection.WalletClosed;
import digitalwallet.ledger.Rejection.WalletExists;
import digitalwallet.ledger.Rejection.WalletFrozen;
import digitalwallet.ledger.Rejection.WalletNotClosed;
import digitalwallet.ledger.Rejection.WalletNotFound;
import digitalwallet.ledger.Rejection.WalletNotFrozen;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What concerns a user as a whole. A freeze, its end, a closing and a reopening are entries on the
 * anchor and on every wallet, so that none of them can be missed by a posting decided before.
 */
final class UserRules {

    private UserRules() {}

    /** A user under any freeze opens nothing; an existing wallet exists whatever its status. */
    static Verdict open(Scratch books, Command.Open command) {
        var side = books.side(command.userId(), command.currency());
        if (side.hasWallet()) {
            return Verdict.no(new WalletExists(side.userId(), command.currency()));
        }
        if (side.isClosed()) {
            return Verdict.no(new WalletClosed(side.userId()));
        }
        if (side.status().isFrozen()) {
            return Verdict.no(new WalletFrozen(side.userId()));
        }
        var moves = new ArrayList<Move>(2);
        moves.add(side.move(0));
        moves.addAll(side.opening());
        return Verdict.yes(moves);
    }

    static Verdict freeze(Scratch books, Command.Freeze command) {
        var anchor = books.account(AccountName.anchor(command.userId()));
        if (anchor == null) {
            return Verdict.no(new WalletNotFound(command.userId()));
        }
        if (anchor.status() == AccountStatus.CLOSED) {
            return Verdict.no(new WalletClosed(command.userId()));
        }
        if (anchor.status() == command.frozen()) {
            return Verdict.no(new WalletAlreadyFrozen(command.userId()));
        }
        return everywhere(books, command.userId(), anchor, command.frozen());
    }

    static Verdict unfreeze(Scratch books, Command.Unfreeze command) {
        var anchor = books.account(AccountName.anchor(command.userId()));
        if (anchor == null) {
            return Verdict.no(new WalletNotFound(command.userId()));
        }
        if (anchor.status() == AccountStatus.CLOSED) {
            return Verdict.no(new WalletClosed(command.userId()));
        }
        if (!anchor.status().isFrozen()) {
            return Verdict.no(new WalletNotFrozen(command.userId()));
        }
        return everywhere(books, command.userId(), anchor, AccountStatus.OPEN);
    }

    static Verdict close(Scratch books, Command.Close command) {
        var anchor = books.account(AccountName.anchor(command.userId()));
        if (anchor == null) {
            return Verdict.no(new WalletNotFound(command.userId()));
        }
        if (anchor.status() == AccountStatus.CLOSED) {
            return Verdict.no(new WalletClosed(command.userId()));
        }
        for (var wallet : books.walletsOf(command.userId())) {
            long balance = existing(books, wallet).balance();
            if (balance != 0) {
                var currency = Objects.requireNonNull(wallet.currency());
                return Verdict.no(new BalanceNotZero(new Money(balance, currency)));
            }
        }
        var inTransit = books.payoutInTransit(command.userId());
        return inTransit == null
                ? everywhere(books, command.userId(), anchor, AccountStatus.CLOSED)
                : Verdict.no(new PayoutInTransit(inTransit));
    }

    static Verdict reopen(Scratch books, Command.Reopen command) {
        var anchor = books.account(AccountName.anchor(command.userId()));
        if (anchor == null) {
            return Verdict.no(new WalletNotFound(command.userId()));
        }
        return anchor.status() == AccountStatus.CLOSED
                ? everywhere(books, command.userId(), anchor, AccountStatus.OPEN)
                : Verdict.no(new WalletNotClosed(command.userId()));
    }

    private static Verdict everywhere(
            Scratch books, String userId, AccountState anchor, AccountStatus status) {
        List<AccountName> wallets = books.walletsOf(userId);
        var moves = new ArrayList<Move>(wallets.size() + 1);
        for (var wallet : wallets) {
            moves.add(new Move(wallet, existing(books, wallet), 0, status));
        }
        moves.add(new Move(AccountName.anchor(userId), anchor, 0, status));
        return Verdict.yes(moves);
    }

    private static AccountState existing(Scratch books, AccountName wallet) {
        var state = books.account(wallet);
        if (state == null) {
            throw new IllegalStateException("the view names a wallet it does not hold");
        }
        return state;
    }
}
