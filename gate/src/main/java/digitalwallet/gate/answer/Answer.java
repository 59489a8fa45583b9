package digitalwallet.gate.answer;

import digitalwallet.gate.problem.Problem;
import digitalwallet.json.Json;
import digitalwallet.json.JsonObject;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What is sent back.
 *
 * @param mediaType of the body
 * @param headers those besides the ones that every answer has
 * @param body writes exactly one JSON value
 * @param code of the problem that it is; null when it is none
 */
public record Answer(
        int status,
        String mediaType,
        Map<String, String> headers,
        Consumer<JsonGenerator> body,
        @Nullable String code) {

    /** The media type of answers that are no problems. */
    public static final String JSON = "application/json";

    private static final int RETRY_AFTER_SECONDS = 1;

    /** One that is no problem. */
    public Answer(
            int status,
            String mediaType,
            Map<String, String> headers,
            Consumer<JsonGenerator> body) {
        this(status, mediaType, headers, body, null);
    }

    /** What was asked for. */
    public static Answer ok(Consumer<JsonGenerator> body) {
        return new Answer(200, JSON, Map.of(), body);
    }

    /**
     * What was asked for, in a version by which a caller recognizes it.
     *
     * @param version changes whenever the answer says something else; letters, digits and hyphens
     */
    public static Answer ok(String version, Consumer<JsonGenerator> body) {
        // Weak, because the bytes are others when the answer is compressed.
        return new Answer(200, JSON, Map.of("ETag", "W/\"" + version + "\""), body);
    }

    /** An object with further headers. */
    public static Answer of(int status, JsonObject body, Map<String, String> headers) {
        return new Answer(status, JSON, headers, json -> Json.write(body.members(), json));
    }

    /** An object that was asked for. */
    public static Answer ok(JsonObject body) {
        return of(200, body, Map.of());
    }

    /** A problem. */
    public static Answer of(Problem problem) {
        return of(problem, Map.of());
    }

    /** A problem with further headers. */
    public static Answer of(Problem problem, Map<String, String> headers) {
        var all =
                problem.retryable() && problem.status() != 500
                        ? Map.of("Retry-After", Integer.toString(RETRY_AFTER_SECONDS))
                        : headers;
        return new Answer(
                problem.status(), Problem.MEDIA_TYPE, all, problem::write, problem.code());
    }
}
