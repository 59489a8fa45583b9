package digitalwallet.gate.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;

/** The request headers that mean something here. */
public final class Headers {

    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;
    private static final List<MediaType> OURS =
            List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON);

    private Headers() {}

    /**
     * Makes sure that the caller can read our answers.
     *
     * @throws ProblemException when the header {@code Accept} rules JSON out
     */
    public static void requireJsonAccepted(HttpServletRequest request) {
        var accept = request.getHeader("Accept");
        if (accept == null || accept.equals("*/*") || accept.equals(JSON)) {
            return;
        }
        var all = String.join(",", Collections.list(request.getHeaders("Accept")));
        if (!acceptsJson(all)) {
            throw new ProblemException(
                    ProblemCode.NOT_ACCEPTABLE,
                    "the header Accept rules JSON out: accept application/json");
        }
    }

    private static boolean acceptsJson(String accept) {
        try {
            var ranges = MediaType.parseMediaTypes(accept);
            for (var type : OURS) {
                var closest = closest(type, ranges);
                if (closest != null) {
                    return closest.getQualityValue() > 0;
                }
            }
            return ranges.isEmpty();
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    /** The most specific range that contains a type: only it counts (RFC 9110, section 12.5.1). */
    private static @Nullable MediaType closest(MediaType type, List<MediaType> ranges) {
        MediaType closest = null;
        for (var range : ranges) {
            if (range.includes(type) && (closest == null || isCloser(range, closest))) {
                closest = range;
            }
        }
        return closest;
    }

    /** Compares the types alone: the framework would compare the qualities first. */
    private static boolean isCloser(MediaType range, MediaType other) {
        return range.removeQualityValue().isMoreSpecific(other.removeQualityValue());
    }

    /**
     * Makes sure that the body claims to be plain JSON.
     *
     * @throws ProblemException when it does not
     */
    static void requireJsonBody(HttpServletRequest request) {
        var encoding = onlyHeader(request, "Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "the header Content-Encoding is not identity: send the body without an"
                            + " encoding");
        }
        var type = onlyHeader(request, "Content-Type");
        if (!JSON.equals(type) && !isJson(type)) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "the header Content-Type is missing or another one: send application/json in"
                            + " UTF-8");
        }
    }

    /**
     * The value of a header about the body; null when there is none. A header that is given twice
     * could mean one thing here and another to a proxy.
     */
    private static @Nullable String onlyHeader(HttpServletRequest request, String name) {
        var values = request.getHeaders(name);
        if (!values.hasMoreElements()) {
            return null;
        }
        var value = values.nextElement();
        if (values.hasMoreElements()) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "the header " + name + " is given twice: send it once");
        }
        return value;
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            var type = MediaType.parseMediaType(contentType);
            var charset = type.getCharset();
            return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                    && (charset == null || charset.equals(StandardCharsets.UTF_8));
        } catch (InvalidMimeTypeException | InvalidMediaTypeException _) {
            return false;
        }
    }

    /**
     * The caller's idempotency key, or null when they gave none.
     *
     * @throws ProblemException when it is not 1 to 255 printable ASCII characters
     */
    public static @Nullable String idempotencyKey(HttpServletRequest request) {
        var keys = request.getHeaders("Idempotency-Key");
        if (!keys.hasMoreElements()) {
            return null;
        }
        var key = keys.nextElement();
        if (keys.hasMoreElements()) {
            throw new ProblemException(
                    ProblemCode.INVALID_IDEMPOTENCY_KEY,
                    "the idempotency key is given twice: send one");
        }
        return Identifiers.key(key);
    }
}
