package digitalwallet.server.answer;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.Problem;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** What is answered to a command, given what became of it. */
public final class OutcomeAnswer {

    private static final int CREATED = 201;

    private OutcomeAnswer() {}

    /**
     * The answer.
     *
     * @param requestId what this request is called
     */
    public static Answer of(Outcome outcome, String requestId) {
        return switch (outcome) {
            case Outcome.Posted posted ->
                    new Answer(
                            CREATED,
                            Answer.JSON,
                            postedHeaders(posted.transaction(), posted.replayed()),
                            json -> writePosted(json, posted));
            case Outcome.Refused refused ->
                    Answer.of(problem(refused, requestId), replayedHeader(refused.replayed()));
        };
    }

    /** The problem that says why a command was not posted. */
    public static Problem problem(Outcome.Refused refused, String requestId) {
        return switch (refused) {
            case Outcome.Rejected rejected ->
                    RejectionAnswer.problem(
                            rejected.transaction(), rejected.rejection(), requestId);
            case Outcome.KeyReused _ ->
                    Problem.of(
                            ProblemCode.IDEMPOTENCY_KEY_REUSED,
                            "this idempotency key was used for another request: send a new one",
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

    private static void writePosted(JsonGenerator json, Outcome.Posted posted) {
        json.writeStartObject();
        json.writeStringProperty("message", message(posted));
        json.writeName("transaction");
        TransactionJson.write(json, posted);
        var balance = posted.balance();
        if (balance != null) {
            json.writeName("balance");
            TransactionJson.writeBalance(json, balance);
        }
        json.writeEndObject();
    }

    private static String message(Outcome.Posted posted) {
        var message = posted.transaction().type().word() + " posted";
        boolean matched = !posted.draws().isEmpty();
        return posted.transaction().type() != TransactionType.REFUND || matched
                ? message
                : message + "; it matched no purchase, so no purchase caps it";
    }
}
