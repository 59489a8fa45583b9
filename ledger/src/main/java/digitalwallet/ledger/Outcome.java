package digitalwallet.ledger;

import digitalwallet.money.Money;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a command. A fault is not an outcome but an exception. */
public sealed interface Outcome {

    /** What the books remember: the same command under the same key gets it again. */
    sealed interface Recorded extends Outcome {

        /** The transaction that remembers it. */
        Transaction transaction();

        /** The same, as an earlier call's or as this one's. */
        Recorded withReplayed(boolean replayed);
    }

    /** The command was not posted. */
    sealed interface Refused extends Outcome {}

    /**
     * It is in the books, committed.
     *
     * @param balance of the user whose money moved, right after; null where none did
     * @param draws what a refund drew on, oldest first; empty where it drew on nothing
     * @param replayed whether an earlier call with the same key did it
     */
    record Posted(
            Transaction transaction, @Nullable Balance balance, List<Draw> draws, boolean replayed)
            implements Recorded {

        /** Copies the draws. */
        public Posted {
            draws = List.copyOf(draws);
        }

        @Override
        public Posted withReplayed(boolean other) {
            return new Posted(transaction, balance, draws, other);
        }

        @Override
        public String code() {
            return replayed ? "replayed" : "posted";
        }
    }

    /**
     * The books said no, and remember that they did.
     *
     * @param transaction its rejection is not null
     */
    record Rejected(Transaction transaction, boolean replayed) implements Recorded, Refused {

        /** Why. */
        public Rejection rejection() {
            return Objects.requireNonNull(transaction.rejection());
        }

        @Override
        public Rejected withReplayed(boolean other) {
            return new Rejected(transaction, other);
        }

        @Override
        public String code() {
            return rejection().code();
        }
    }

    /** The idempotency key belongs to another request; nothing is remembered. */
    record KeyReused() implements Refused {

        @Override
        public boolean replayed() {
            return false;
        }

        @Override
        public String code() {
            return "idempotency_key_reused";
        }
    }

    /**
     * A wallet's balance as of one version.
     *
     * @param version of the wallet's account
     */
    record Balance(Money amount, long version) {}

    /**
     * A refund's part that counts against one purchase.
     *
     * @param left of the purchase, right after
     */
    record Draw(UUID purchaseId, Money amount, Money left) {}

    /** Whether an earlier call with the same key did it. */
    boolean replayed();

    /** What is counted of it: posted, replayed, or the code of what stood against it. */
    String code();
}
