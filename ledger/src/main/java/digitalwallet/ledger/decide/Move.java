package digitalwallet.ledger.decide;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one transaction changes one account.
 *
 * @param before null when the transaction opens the account
 * @param amount in minor units: positive when the account gains
 * @param status after it
 */
record Move(AccountName account, @Nullable AccountState before, long amount, AccountStatus status) {

    /** Money into or out of an account, which is opened when it is not there yet. */
    static Move of(AccountName account, @Nullable AccountState before, long amount) {
        var status = before == null ? AccountStatus.OPEN : before.status();
        return new Move(account, before, amount, status);
    }

    /** Whether the balance after it would not fit into 64 bits of minor units. */
    boolean overflows() {
        if (before == null) {
            return false;
        }
        long after = before.balance() + amount;
        // Both summands have a sign that the sum has not (Hacker's Delight, 2-13).
        return ((before.balance() ^ after) & (amount ^ after)) < 0;
    }

    /**
     * The entry it becomes. It is never dated before the account's previous one, and after it when
     * that is of an earlier batch: so what an account was said to be at the time of its latest
     * entry stays true.
     *
     * @param sameBatch whether the account's previous entry is of the same batch
     */
    Entry entry(UUID transactionId, Instant now, boolean sameBatch) {
        if (before == null) {
            var floor = account.kind() == AccountKind.WALLET ? Long.valueOf(0) : null;
            return new Entry(account.id(), 1, transactionId, amount, amount, floor, status, now);
        }
        return new Entry(
                account.id(),
                Math.addExact(before.version(), 1),
                transactionId,
                amount,
                Math.addExact(before.balance(), amount),
                before.floor(),
                status,
                dateAfter(before.changedAt(), now, sameBatch));
    }

    private static Instant dateAfter(Instant before, Instant now, boolean sameBatch) {
        if (before.isBefore(now)) {
            return now;
        }
        return sameBatch ? before : before.plus(1, ChronoUnit.MICROS);
    }
}
