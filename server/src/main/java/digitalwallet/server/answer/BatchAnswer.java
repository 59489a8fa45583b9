package digitalwallet.server.answer;

import digitalwallet.gate.answer.Answer;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Puts the answers to a batch's commands into one answer. */
public final class BatchAnswer {

    private static final int CREATED = 201;
    private static final int OK = 200;

    private BatchAnswer() {}

    /** All of them were posted, together. */
    public static Answer posted(List<Answer> results, boolean replayed) {
        return answer(CREATED, results, replayed);
    }

    /** Each command has its own outcome. */
    public static Answer mixed(List<Answer> results, boolean replayed) {
        return answer(OK, results, replayed);
    }

    private static Answer answer(int status, List<Answer> results, boolean replay) {
        return new Answer(
                status,
                Answer.JSON,
                OutcomeAnswer.replayedHeader(replay),
                json -> write(json, results));
    }

    private static void write(JsonGenerator json, List<Answer> results) {
        json.writeStartObject();
        json.writeArrayPropertyStart("results");
        for (var result : results) {
            json.writeStartObject();
            json.writeNumberProperty("status", result.status());
            json.writeName("body");
            result.body().accept(json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
