package digitalwallet.server.answer;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.Problem;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Transaction;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What is answered to a command, given what became of it. */
public final class OutcomeAnswer {

    private static final int CREATED = 201;

    private OutcomeAnswer() {}

    /**
     * The answer.
     *
     * @param requestId the id of this request, used where no transaction has stored one
     */
    public static Answer of(Outcome outcome, UUID requestId) {
        return switch (outcome) {
            case Outcome.Posted(var transaction, var balance, var replayed) ->
                    new Answer(
                            CREATED,
                            Answer.JSON,
                            postedHeaders(transaction, replayed),
                            json -> writePosted(json, transaction, balance));
            case Outcome.Refused refused ->
                    Answer.of(problem(refused, requestId), replayedHeader(refused.replayed()));
        };
    }

    /** The problem that says why a command was not posted. */
    public static Problem problem(Outcome.Refused refused, UUID requestId) {
        return switch (refused) {
            case Outcome.Rejected rejected ->
                    RejectionAnswer.problem(rejected.transaction(), rejected.rejection());
            case Outcome.KeyReused _ ->
                    Problem.of(
                            ProblemCode.IDEMPOTENCY_KEY_REUSED,
                            "this idempotency key was used for another request",
                            requestId);
        };
    }

    /** The header that says that this was answered before; empty when it was not. */
    public static Map<String, String> replayedHeader(boolean replayed) {
        return replayed ? Map.of("Idempotency-Replayed", "true") : Map.of();
    }

    private static Map<String, String> postedHeaders(Transaction transaction, boolean replayed) {
        var location = "/transactions/" + transaction.id();
        return replayed
                ? Map.of("Location", location, "Idempotency-Replayed", "true")
                : Map.of("Location", location);
    }

    private static void writePosted(
            JsonGenerator json, Transaction transaction, Outcome.@Nullable Balance balance) {
        json.writeStartObject();
        json.writeStringProperty("message", transaction.type().word() + " posted");
        json.writeName("transaction");
        TransactionJson.write(json, transaction);
        if (balance != null) {
            json.writeName("balance");
            TransactionJson.writeBalance(json, balance);
        }
        json.writeEndObject();
    }
}
