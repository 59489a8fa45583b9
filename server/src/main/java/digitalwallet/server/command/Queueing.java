package digitalwallet.server.command;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.token.Caller;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.reading.OutcomeReader;
import digitalwallet.server.answer.OutcomeAnswer;
import digitalwallet.server.answer.QueuedAnswer;
import digitalwallet.server.queue.CommandQueue;
import digitalwallet.server.queue.SendUnknownException;
import digitalwallet.server.request.CommandBatch;
import digitalwallet.server.request.WalletProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queues commands for callers who prefer not to wait, and answers that they are queued. */
public final class Queueing {

    private static final Logger LOG = LoggerFactory.getLogger(Queueing.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final @Nullable CommandQueue queue;
    private final OutcomeReader outcomes;

    /**
     * Queues commands.
     *
     * @param queue null when there is none: then no caller's preference for it is met
     */
    public Queueing(@Nullable CommandQueue queue, OutcomeReader outcomes) {
        this.queue = queue;
        this.outcomes = outcomes;
    }

    /** Whether the preference is met: there is a queue, and the key's outcome is not known yet. */
    boolean applies(Preference preference, @Nullable IdempotencyKey key) {
        return preference.respondAsync()
                && queue != null
                && (key == null || !outcomes.isTaken(key));
    }

    /**
     * Queues one command and waits for it as long as the caller likes.
     *
     * @param key as it came, or null
     * @throws ProblemException when the broker does not answer
     */
    Answer one(Command command, @Nullable String key, Call call, Preference preference) {
        var token = sent(command, queue -> queue.send(command, key, call.caller()));
        var outcome = await(command, preference.patience());
        return outcome.isPresent()
                ? OutcomeAnswer.of(outcome.get(), call.requestId())
                : QueuedAnswer.of(command, token);
    }

    /**
     * Queues a batch.
     *
     * @throws ProblemException when the broker does not answer
     */
    Answer batch(CommandBatch batch, Caller caller) {
        var commands = batch.commands();
        var first = commands.getFirst();
        var token = sent(first, queue -> queue.send(batch, caller));
        return QueuedAnswer.of(commands, batch.malformed(), token);
    }

    /**
     * Whether the command of this transaction is not processed yet, as this token says.
     *
     * @throws digitalwallet.ledger.database.ReadFailedException when the database fails
     */
    public boolean isQueued(UUID id, String token) {
        return queue != null && queue.isQueued(id, token);
    }

    private String sent(Command first, Function<CommandQueue, String> sending) {
        if (queue == null) {
            throw new IllegalStateException("there is no queue");
        }
        try {
            return sending.apply(queue);
        } catch (SendUnknownException e) {
            throw new ProblemException(
                    WalletProblem.OUTCOME_UNKNOWN,
                    "the queue did not answer: ask for the transaction, or send the same"
                            + " idempotency key again",
                    Map.of("transaction_id", first.id()));
        }
    }

    /**
     * The outcome once the books have it. The books are asked by a thread of their own, because an
     * answer of theirs may take longer than the caller waits. Whatever fails now, the command is
     * queued: nothing else may be said.
     */
    private Optional<Outcome> await(Command command, Duration patience) {
        if (patience.isZero()) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        var found = new CompletableFuture<Optional<Outcome>>();
        Thread.startVirtualThread(() -> found.complete(look(command, found)));
        try {
            found.completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS);
            var outcome = found.get();
            outcome.ifPresent(known -> Patience.evenOut(List.of(known), start));
            return outcome;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.warn("the outcome of a queued command cannot be read: {}", e.toString());
        }
        return Optional.empty();
    }

    /** Asks again and again, because any instance may process it, until nobody waits any more. */
    private Optional<Outcome> look(Command command, CompletableFuture<?> waiting) {
        try {
            while (!waiting.isDone()) {
                var outcome = outcomes.outcome(command.id());
                if (outcome.isPresent()) {
                    // Read from the books like a replay, but nobody has been told of it before.
                    return outcome.map(recorded -> recorded.withReplayed(false));
                }
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("the outcome of a queued command cannot be read: {}", e.toString());
        }
        return Optional.empty();
    }
}
