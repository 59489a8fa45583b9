package digitalwallet.ledger;

import digitalwallet.money.Money;
import org.jspecify.annotations.Nullable;

/** What became of a command. A fault is not an outcome but an exception. */
public sealed interface Outcome {

    /**
     * It is in the books, committed.
     *
     * @param balance of the user whose money moved, right after; null where none did
     * @param replayed whether an earlier call with the same key did it
     */
    record Posted(Transaction transaction, @Nullable Balance balance, boolean replayed)
            implements Outcome {}

    /**
     * The books said no, and remember that they did.
     *
     * @param transaction its rejection is not null
     */
    record Rejected(Transaction transaction, boolean replayed) implements Outcome {}

    /** The idempotency key belongs to another request; nothing is remembered. */
    record KeyReused() implements Outcome {}

    /** A queued command's transaction id belongs to another command; nothing is remembered. */
    record IdTaken() implements Outcome {}

    /**
     * A wallet's balance as of one version.
     *
     * @param version of the wallet's account
     */
    record Balance(Money amount, long version) {}
}
