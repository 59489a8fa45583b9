package digitalwallet.server.command;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Headers;
import digitalwallet.json.Json;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.server.answer.OutcomeAnswer;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.request.Field;
import digitalwallet.server.request.Request;
import digitalwallet.server.request.Verb;
import java.util.List;
import java.util.Map;

/** Sends one command to the engine and waits for its outcome, or queues it. */
public final class Posting {

    private final Submission submission;
    private final CommandReader reader;
    private final boolean keysRequired;
    private final OutcomeMetrics metrics;
    private final Patience patience;
    private final Queueing queueing;

    /**
     * A posting of the commands that this reader reads.
     *
     * @param keysRequired whether money verbs need a key
     */
    public Posting(
            PostingEngine engine,
            CommandReader reader,
            boolean keysRequired,
            OutcomeMetrics metrics,
            Patience patience,
            Queueing queueing) {
        submission = new Submission(engine);
        this.reader = reader;
        this.keysRequired = keysRequired;
        this.metrics = metrics;
        this.patience = patience;
        this.queueing = queueing;
    }

    /** Posts the command in the call's body. */
    public Answer post(Call call, Verb verb) {
        return post(call, verb, call.body());
    }

    /** Posts the command in the call's body, which is about the user in the call's path. */
    public Answer postFor(String userId, Call call, Verb verb) {
        var fields = call.body();
        if (fields.put(Field.USER_ID.word(), new Json.Text(userId)) != null) {
            throw ProblemException.ofField(
                    ProblemCode.UNKNOWN_FIELD,
                    "user_id",
                    "user_id is given, but the path says whose wallet it is: leave it out");
        }
        return post(call, verb, fields);
    }

    private Answer post(Call call, Verb verb, Map<String, Json.Value> fields) {
        var request = new Request(verb, fields, Headers.idempotencyKey(call.request()));
        if (keysRequired) {
            request.requireKey();
        }
        var command = reader.read(request, call.caller(), call.id());
        var preference = Preference.of(call.request());
        if (verb.isQueueable() && queueing.applies(preference, command.header().key())) {
            return queueing.one(command, request.key(), call, preference);
        }
        long start = System.nanoTime();
        var outcome = patience.start().await(submission.of(command), command.id());
        metrics.record(command.type(), outcome, System.nanoTime() - start);
        Patience.evenOut(List.of(outcome), start);
        return OutcomeAnswer.of(outcome, call.requestId());
    }
}
