package digitalwallet.server.rest;

import digitalwallet.json.Json;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.request.Field;
import digitalwallet.server.request.ProblemCode;
import digitalwallet.server.request.ProblemException;
import digitalwallet.server.request.Types;
import java.util.Map;

/** Sends one command to the engine and waits for its outcome, or queues it. */
final class Posting {

    private final PostingEngine engine;
    private final CommandReader reader;
    private final RestSettings settings;
    private final OutcomeMetrics metrics;
    private final Patience patience;
    private final Queueing queueing;

    Posting(
            PostingEngine engine,
            CommandReader reader,
            RestSettings settings,
            OutcomeMetrics metrics,
            Patience patience,
            Queueing queueing) {
        this.engine = engine;
        this.reader = reader;
        this.settings = settings;
        this.metrics = metrics;
        this.patience = patience;
        this.queueing = queueing;
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
        var key = Headers.idempotencyKey(call.request());
        if (key == null && settings.idempotencyRequired()) {
            Types.requireNoMoney(type);
        }
        var command = reader.read(type, fields, call.caller(), call.id(), key);
        var preference = Preference.of(call.request());
        if (isQueueable(type) && queueing.applies(preference, command.header().key())) {
            return queueing.one(command, fields, key, call.caller(), preference);
        }
        long start = System.nanoTime();
        var outcome = patience.start().await(engine.submit(command), command.id());
        metrics.record(command.type(), outcome, System.nanoTime() - start);
        return OutcomeAnswer.of(outcome, call.id());
    }

    /** Only what moves money is preferred to be queued; other preferences are ignored. */
    private static boolean isQueueable(TransactionType type) {
        return switch (type) {
            case DEPOSIT, WITHDRAW, PURCHASE, REFUND, TRANSFER, PAYOUT -> true;
            case OPEN, FREEZE, UNFREEZE, CLOSE, SETTLEMENT, REVERSAL -> false;
        };
    }
}
