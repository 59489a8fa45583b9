package digitalwallet.server.command;

import digitalwallet.gate.problem.ProblemException;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.lane.OutcomeUnknownException;
import digitalwallet.server.request.WalletProblem;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long calls wait for their outcomes. One thread looks after all the calls that wait. If each
 * call had a timed wait of its own, a timer would be set and cancelled per request: that cost the
 * server a third of its processor time, and on a JDK 25 before 25.0.3 it may leave a virtual thread
 * waiting for ever (JDK-8369227).
 */
public final class Patience implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Duration waitMax;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("patience").daemon().factory());

    /**
     * Begins to look after waits.
     *
     * @param waitMax how long a call waits in all, to the tenth of a second
     */
    public Patience(Duration waitMax) {
        this.waitMax = waitMax;
        var _ =
                watch.scheduleWithFixedDelay(
                        this::endOverdue,
                        LOOK_EVERY.toMillis(),
                        LOOK_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** A call begins to wait. */
    Wait start() {
        return new Wait(System.nanoTime() + waitMax.toNanos());
    }

    /**
     * Waits until a whole number of tenths of a second has passed since the start, when an outcome
     * is that a receiver is unavailable: how long it took to find out would say why. To be called
     * once for an answer, however many outcomes it has.
     */
    static void evenOut(Collection<Outcome> outcomes, long startNanos) {
        if (outcomes.stream().noneMatch(Patience::saysUnavailable)) {
            return;
        }
        long tenth = LOOK_EVERY.toNanos();
        try {
            TimeUnit.NANOSECONDS.sleep(tenth - (System.nanoTime() - startNanos) % tenth);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean saysUnavailable(Outcome outcome) {
        return outcome instanceof Outcome.Rejected rejected
                && rejected.rejection() instanceof Rejection.ReceiverUnavailable;
    }

    /** No longer looks after waits: to be called when no call is left. */
    @Override
    public void close() {
        watch.shutdownNow();
    }

    private void endOverdue() {
        try {
            long now = System.nanoTime();
            waits.forEach(wait -> wait.endIfOverdue(now));
        } catch (RuntimeException e) {
            // If it were thrown on, it would end the watch, and later waits would never end.
            LOG.error("waits could not be looked after", e);
        }
    }

    /** The wait of one call, for one outcome after the other. */
    final class Wait {

        private final long deadlineNanos;
        private volatile CompletableFuture<?> awaited = new CompletableFuture<>();

        private Wait(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }

        /**
         * The outcome.
         *
         * @param transactionId what to ask for when the outcome is not known in time
         * @throws ProblemException when it is not known in time; then it is never run later
         * @throws RuntimeException what the engine failed with
         */
        <T> T await(CompletableFuture<T> outcome, UUID transactionId) {
            awaited = outcome;
            waits.add(this);
            // One deadline for all of a call's outcomes: behind it none is waited for.
            endIfOverdue(System.nanoTime());
            try {
                return outcome.get();
            } catch (CancellationException e) {
                throw unknown(transactionId);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                outcome.cancel(false);
                throw unknown(transactionId);
            } catch (ExecutionException e) {
                throw switch (e.getCause()) {
                    case OutcomeUnknownException _ -> unknown(transactionId);
                    case RuntimeException cause -> cause;
                    case Error cause -> throw cause;
                    case null, default -> new IllegalStateException("the engine failed", e);
                };
            } finally {
                waits.remove(this);
            }
        }

        private void endIfOverdue(long now) {
            if (now - deadlineNanos >= 0) {
                awaited.cancel(false);
            }
        }
    }

    private static ProblemException unknown(UUID transactionId) {
        return new ProblemException(
                WalletProblem.OUTCOME_UNKNOWN,
                "the outcome is not known yet: ask for the transaction, or send the same"
                        + " idempotency key again",
                Map.of("transaction_id", transactionId));
    }
}
