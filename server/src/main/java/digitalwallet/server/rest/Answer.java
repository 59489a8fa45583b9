package digitalwallet.server.rest;

import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * What is sent back.
 *
 * @param mediaType of the body
 * @param headers besides those every answer has
 * @param body writes exactly one JSON value
 */
record Answer(
        int status, String mediaType, Map<String, String> headers, Consumer<JsonGenerator> body) {

    static final String JSON = "application/json";
    private static final int RETRY_AFTER_SECONDS = 1;

    static Answer ok(Consumer<JsonGenerator> body) {
        return new Answer(200, JSON, Map.of(), body);
    }

    static Answer of(Problem problem) {
        return of(problem, Map.of());
    }

    static Answer of(Problem problem, Map<String, String> headers) {
        var all =
                problem.status() == 503
                        ? Map.of("Retry-After", Integer.toString(RETRY_AFTER_SECONDS))
                        : headers;
        return new Answer(problem.status(), Problem.MEDIA_TYPE, all, problem::write);
    }
}
