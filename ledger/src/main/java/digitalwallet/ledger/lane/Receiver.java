package digitalwallet.ledger.lane;

import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.UnitOutcome;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told how a task ended, once. */
sealed interface Receiver permits Receiver.Caller, QueuedUnit {

    /**
     * Whether the task is still to be run. A task whose caller was told "unknown" is never run, and
     * neither is one from a broken feed.
     */
    boolean isWaiting();

    /** The task has been decided, and what it adds to the books is committed. */
    void settled(UnitOutcome outcome);

    /** The task did not run, or nobody knows whether it did, or it is to blame for a fault. */
    void failed(RuntimeException fault);

    /** The task is not run because nobody is waiting for it any more. */
    void dropped();

    /** Whether this end means that the task itself cannot be posted, ever. */
    static boolean isToBlame(RuntimeException fault) {
        return switch (fault) {
            case EngineUnavailableException unavailable ->
                    unavailable.reason() == EngineUnavailableException.Reason.COMMAND;
            case OutcomeUnknownException _ -> false;
            default -> true;
        };
    }

    /** A caller, who may have given up already. */
    record Caller(CompletableFuture<GroupOutcome> answer) implements Receiver {

        private static final Logger LOG = LoggerFactory.getLogger(Caller.class);

        @Override
        public boolean isWaiting() {
            return !answer.isDone();
        }

        @Override
        public void settled(UnitOutcome outcome) {
            switch (outcome) {
                case GroupOutcome group -> answer.complete(group);
                case UnitOutcome.IdTaken _ ->
                        failed(new IllegalStateException("the transaction id is taken"));
            }
        }

        @Override
        public void failed(RuntimeException fault) {
            boolean told = answer.completeExceptionally(fault);
            if (!told && Receiver.isToBlame(fault)) {
                LOG.error("a command failed whose caller had given up", fault);
            }
        }

        /** The caller has been told already, or gave up. */
        @Override
        public void dropped() {}
    }
}
