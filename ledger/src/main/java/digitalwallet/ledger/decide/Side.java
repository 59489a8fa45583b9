package digitalwallet.ledger.decide;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.AccountStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's side of a movement in one currency. The anchor is looked at only where there is no
 * wallet: every freeze and closing is on the wallet itself too.
 *
 * @param state of the wallet; null when there is none
 * @param anchor null when there is a wallet, or when the user is unknown
 */
record Side(AccountName wallet, @Nullable AccountState state, @Nullable AccountState anchor) {

    String userId() {
        return wallet.owner();
    }

    /** Whether the user has a wallet in any currency. */
    boolean isKnown() {
        return state != null || anchor != null;
    }

    boolean hasWallet() {
        return state != null;
    }

    boolean isClosed() {
        return status() == AccountStatus.CLOSED;
    }

    /** Of the wallet, or of the user while there is no wallet in this currency. */
    AccountStatus status() {
        if (state != null) {
            return state.status();
        }
        return anchor == null ? AccountStatus.OPEN : anchor.status();
    }

    /** What a debit may take, in minor units. */
    long available() {
        if (state == null) {
            return 0;
        }
        var floor = state.floor();
        return floor == null ? Long.MAX_VALUE : difference(state.balance(), floor);
    }

    /** The wallet gains or loses. */
    Move move(long amount) {
        return new Move(wallet, state, amount, status());
    }

    /** What opening the wallet does beside the wallet's own entry: a version of the anchor. */
    List<Move> opening() {
        if (state != null) {
            return List.of();
        }
        return List.of(Move.of(AccountName.anchor(userId()), anchor, 0));
    }

    private static long difference(long balance, long floor) {
        long difference = balance - floor;
        boolean overflow = ((balance ^ floor) & (balance ^ difference)) < 0;
        if (!overflow) {
            return difference;
        }
        return balance > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
}
