package digitalwallet.gate.problem;

import tools.jackson.core.JsonGenerator;

/**
 * What is wrong with one item of a list that a caller sent.
 *
 * @param index of the item, from 0
 */
public record ItemProblem(int index, ProblemException problem) {

    /** Writes it as a part of the problem of the whole list. */
    public void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("index", index);
        json.writeStringProperty("code", problem.code().word());
        json.writeStringProperty("detail", problem.detail());
        var field = problem.facts().get("field");
        if (field != null) {
            json.writeStringProperty("field", field.toString());
        }
        json.writeEndObject();
    }
}
