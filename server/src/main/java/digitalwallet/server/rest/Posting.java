package digitalwallet.server.rest;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.lane.PostingEngine;
import java.util.Map;

/** Sends one command to the engine and waits for its outcome. */
final class Posting {

    private final PostingEngine engine;
    private final CommandReader reader;
    private final RestSettings settings;
    private final OutcomeMetrics metrics;
    private final Patience patience;

    Posting(
            PostingEngine engine,
            CommandReader reader,
            RestSettings settings,
            OutcomeMetrics metrics,
            Patience patience) {
        this.engine = engine;
        this.reader = reader;
        this.settings = settings;
        this.metrics = metrics;
        this.patience = patience;
    }

    /** Posts the command in the call's body. */
    Answer post(Call call, TransactionType type) {
        return post(call, type, call.body());
    }

    /** Posts the command in the call's body, which is about the user in the call's path. */
    Answer postFor(String userId, Call call, TransactionType type) {
        var fields = call.body();
        if (fields.put(Field.USER_ID.word(), new Json.Text(userId)) != null) {
            throw ProblemException.ofField(
                    ProblemCode.UNKNOWN_FIELD, "user_id", "the path says whose wallet it is");
        }
        return post(call, type, fields);
    }

    private Answer post(Call call, TransactionType type, Map<String, Json.Value> fields) {
        var command = keyed(call, reader.read(type, fields, call.caller(), call.id()));
        long start = System.nanoTime();
        var outcome = patience.start().await(engine.submit(command), command.id());
        metrics.record(type, outcome, System.nanoTime() - start);
        return OutcomeAnswer.of(outcome, call.id());
    }

    private Command keyed(Call call, Command command) {
        var key = Headers.idempotencyKey(call.request());
        if (key == null) {
            requireNoKey(command.type(), settings);
            return command;
        }
        return command.withKey(IdempotencyKey.of(call.caller().id(), key, command.fingerprint()));
    }

    /**
     * Makes sure that a command of this type may come without a key.
     *
     * @throws ProblemException when it may not
     */
    static void requireNoKey(TransactionType type, RestSettings settings) {
        if (settings.idempotencyRequired() && isMoneyVerb(type)) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_MISSING,
                    "send an idempotency key: Idempotency-Key: …");
        }
    }

    private static boolean isMoneyVerb(TransactionType type) {
        return switch (type) {
            case DEPOSIT, WITHDRAW, PURCHASE, REFUND, TRANSFER -> true;
            case OPEN, FREEZE, UNFREEZE, CLOSE -> false;
        };
    }
}
