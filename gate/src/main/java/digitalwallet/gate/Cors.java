package digitalwallet.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;

/**
 * What a browser lets the pages of other origins do with this API: nothing, unless the origin is
 * named in the settings, and then only what users do with their own role. A page must have the
 * token itself: nothing that the browser adds, such as a cookie, is ever accepted.
 */
final class Cors {

    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, Idempotency-Key, If-None-Match, Prefer, X-Request-Id,"
                    + " traceparent";
    private static final String ANSWER_HEADERS =
            "ETag, Idempotency-Replayed, Location, Preference-Applied, Retry-After, X-Request-Id";
    private static final String SECONDS = "600";

    private final Set<String> origins;

    /** Open to these origins. */
    Cors(Set<String> origins) {
        this.origins = origins;
    }

    /** Whether a browser asks, before it sends a request, whether it may; it has no token then. */
    boolean isPreflight(HttpServletRequest request) {
        return CorsUtils.isPreFlightRequest(request);
    }

    /** Adds to an answer what its browser may do; nothing where the browser may do nothing. */
    void allow(HttpServletRequest request, HttpServletResponse response, Endpoints endpoints) {
        if (origins.isEmpty()) {
            return;
        }
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !origins.contains(origin)) {
            return;
        }
        var methods = endpoints.methodsOfUsers(request.getRequestURI());
        if (methods.isEmpty()) {
            return;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
        if (isPreflight(request)) {
            response.setHeader(
                    HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, String.join(", ", methods));
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, SECONDS);
        }
    }
}
