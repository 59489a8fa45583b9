package digitalwallet.server.rest;

import digitalwallet.ledger.lane.OutcomeUnknownException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long a call waits for its outcomes: ten seconds in all. */
final class Patience {

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final long deadlineNanos = System.nanoTime() + WAIT_MAX.toNanos();

    private Patience() {}

    static Patience start() {
        return new Patience();
    }

    /**
     * The outcome.
     *
     * @param transactionId what to ask for when the outcome is not known in time
     * @throws ProblemException when it is not known in time; then it is never run later
     * @throws RuntimeException what the engine failed with
     */
    <T> T await(CompletableFuture<T> outcome, UUID transactionId) {
        try {
            long left = Math.max(0, deadlineNanos - System.nanoTime());
            return outcome.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            outcome.cancel(false);
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
        }
    }

    private static ProblemException unknown(UUID transactionId) {
        return new ProblemException(
                ProblemCode.OUTCOME_UNKNOWN,
                "ask for the transaction, or send the same idempotency key again",
                Map.of("transaction_id", transactionId));
    }
}
