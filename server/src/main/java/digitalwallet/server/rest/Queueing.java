package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.token.Caller;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.reading.OutcomeReader;
import digitalwallet.server.queue.CommandQueue;
import digitalwallet.server.queue.QueueToken;
import digitalwallet.server.queue.SendUnknownException;
import digitalwallet.server.request.CommandBatch;
import digitalwallet.server.request.WalletProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Queues commands for callers who prefer not to wait, and answers that they are queued. */
final class Queueing {

    private static final int ACCEPTED = 202;
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final @Nullable CommandQueue queue;
    private final OutcomeReader outcomes;

    /**
     * Queues commands.
     *
     * @param queue null when there is none: then nobody's preference for it is met
     */
    Queueing(@Nullable CommandQueue queue, OutcomeReader outcomes) {
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
    Answer one(Command command, @Nullable String key, Caller caller, Preference preference) {
        var token = sent(command, queue -> queue.send(command, key, caller));
        var outcome = await(command, preference.patience());
        return outcome.isPresent()
                ? OutcomeAnswer.of(outcome.get(), command.id())
                : queued(command.type().word(), command, token, json -> writeOne(json, command));
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
        return queued("batch", first, token, json -> writeAll(json, commands));
    }

    /**
     * Whether the command at this place is not processed yet.
     *
     * @throws digitalwallet.ledger.database.ReadFailedException when the database fails
     */
    boolean isQueued(QueueToken token) {
        return queue != null && !queue.isProcessed(token);
    }

    private QueueToken sent(Command first, Function<CommandQueue, QueueToken> sending) {
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

    /** The outcome once the books have it; looked for, because any instance may process it. */
    private Optional<Outcome> await(Command command, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadline < 0) {
            var outcome = outcomes.outcome(command.id());
            if (outcome.isPresent()) {
                // Read from the books like a replay, but nobody has been told of it before.
                return outcome.map(recorded -> recorded.withReplayed(false));
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Answer queued(
            String what, Command first, QueueToken token, Consumer<JsonGenerator> transactions) {
        return new Answer(
                ACCEPTED,
                Answer.JSON,
                Map.of(
                        "Location",
                        "/transactions/" + first.id() + "?queued=" + token.text(),
                        "Preference-Applied",
                        "respond-async"),
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("message", what + " queued");
                    transactions.accept(json);
                    json.writeEndObject();
                });
    }

    private static void writeOne(JsonGenerator json, Command command) {
        json.writeName("transaction");
        write(json, command);
    }

    private static void writeAll(JsonGenerator json, List<Command> commands) {
        json.writeArrayPropertyStart("transactions");
        commands.forEach(command -> write(json, command));
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Command command) {
        json.writeStartObject();
        json.writeStringProperty("id", command.id().toString());
        json.writeStringProperty("type", command.type().word());
        json.writeStringProperty("status", "queued");
        var amount = command.movedAmount();
        if (amount != null) {
            TransactionJson.writeMoney(json, amount);
        }
        json.writeStringProperty(
                command.type() == TransactionType.TRANSFER ? "from_user_id" : "user_id",
                command.user());
        json.writeStringProperty("initiated_by", command.header().initiator().initiatedBy());
        json.writeEndObject();
    }
}
