package digitalwallet.payments.rest;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.json.Json;
import digitalwallet.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** What is sent back. */
final class Answers {

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final String REQUEST_ID = "X-Request-Id";

    private Answers() {}

    static ResponseEntity<byte[]> of(int status, JsonObject body) {
        return of(status, body, new HttpHeaders());
    }

    static ResponseEntity<byte[]> of(int status, JsonObject body, HttpHeaders headers) {
        return ResponseEntity.status(HttpStatusCode.valueOf(status))
                .headers(headers)
                .header(REQUEST_ID, UuidCreator.getTimeOrderedEpoch().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(body.members()));
    }

    static ResponseEntity<byte[]> problem(ProblemCode code, String detail) {
        return problem(code, detail, new HttpHeaders());
    }

    static ResponseEntity<byte[]> problem(ProblemCode code, String detail, HttpHeaders headers) {
        var id = UuidCreator.getTimeOrderedEpoch().toString();
        if (code == ProblemCode.UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return ResponseEntity.status(HttpStatusCode.valueOf(code.status()))
                .headers(headers)
                .header(REQUEST_ID, id)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Json.write(problem(code, detail, id).members()));
    }

    /** The same for a filter, which no controller stands behind. */
    static void write(ProblemCode code, String detail, HttpServletResponse response)
            throws IOException {
        var id = UuidCreator.getTimeOrderedEpoch().toString();
        if (code == ProblemCode.UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response.setStatus(code.status());
        response.setHeader(REQUEST_ID, id);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(Json.write(problem(code, detail, id).members()));
    }

    private static JsonObject problem(ProblemCode code, String detail, String id) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", code.word().replace('_', ' '))
                .put("status", code.status())
                .put("detail", detail)
                .put("code", code.word())
                .put("retryable", code.isRetryable())
                .put("request_id", id);
    }
}
