package digitalwallet.gate.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * A problem document (RFC 9457).
 *
 * @param code stable, for programs
 * @param title of the code, for people
 * @param detail of this case, for people
 * @param facts texts, integers and lists of {@link ItemProblem} by name, for programs
 */
public record Problem(
        int status,
        String code,
        String title,
        String detail,
        String requestId,
        boolean retryable,
        Map<String, Object> facts) {

    /** The media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem without facts. */
    public static Problem of(ProblemCode code, String detail, String requestId) {
        return of(code, detail, requestId, Map.of());
    }

    /** A problem with facts. */
    public static Problem of(
            ProblemCode code, String detail, String requestId, Map<String, Object> facts) {
        return new Problem(
                code.status(),
                code.word(),
                code.title(),
                detail,
                requestId,
                code.isRetryable(),
                facts);
    }

    /** A fault that nobody foresaw; the log has it under the request's id. */
    public static Problem ofFault(String requestId) {
        return of(
                ProblemCode.INTERNAL_ERROR,
                "a fault of ours has been logged: send the same again, or report its request_id",
                requestId);
    }

    /** What was thrown while this request was handled. */
    public static Problem of(ProblemException e, String requestId) {
        return of(e.code(), e.detail(), requestId, e.facts());
    }

    /** The same with one fact more. */
    public Problem with(String fact, Object value) {
        var all = new LinkedHashMap<>(facts);
        all.put(fact, value);
        return new Problem(status, code, title, detail, requestId, retryable, all);
    }

    /** Writes the document. */
    public void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("type", "urn:wallet:problem:" + code);
        json.writeStringProperty("title", title);
        json.writeNumberProperty("status", status);
        json.writeStringProperty("detail", detail);
        json.writeStringProperty("code", code);
        json.writeStringProperty("request_id", requestId);
        json.writeBooleanProperty("retryable", retryable);
        facts.forEach((name, value) -> writeFact(json, name, value));
        json.writeEndObject();
    }

    private static void writeFact(JsonGenerator json, String name, Object value) {
        switch (value) {
            case Integer number -> json.writeNumberProperty(name, number);
            case List<?> items -> {
                json.writeArrayPropertyStart(name);
                items.forEach(item -> ((ItemProblem) item).write(json));
                json.writeEndArray();
            }
            default -> json.writeStringProperty(name, value.toString());
        }
    }
}
