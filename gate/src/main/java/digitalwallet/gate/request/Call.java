package digitalwallet.gate.request;

import digitalwallet.gate.permission.Grant;
import digitalwallet.gate.permission.Rule;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.token.Caller;
import digitalwallet.json.Json;
import digitalwallet.json.MalformedJsonException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request that passed the gate.
 *
 * @param id of the request; a command's transaction has the same
 * @param knownCaller who sent it; null only where no token is needed
 */
public record Call(HttpServletRequest request, UUID id, @Nullable Caller knownCaller) {

    private static final String ATTRIBUTE = Call.class.getName();
    private static final int BODY_BYTES_MAX = 64 << 10;
    private static final int BATCH_BYTES_MAX = 1 << 20;
    private static final int DEPTH_MAX = 8;

    /** Makes this call known to the code that handles the request. */
    public void remember() {
        request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * The call that this request was remembered as.
     *
     * @throws IllegalStateException when it did not pass the gate
     */
    public static Call of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Call call) {
            return call;
        }
        throw new IllegalStateException("a request came around the gate");
    }

    /**
     * Who is calling.
     *
     * @throws IllegalStateException where no token is needed
     */
    public Caller caller() {
        if (knownCaller == null) {
            throw new IllegalStateException("an endpoint open to all asks who is calling");
        }
        return knownCaller;
    }

    /**
     * What the caller may do under this rule.
     *
     * @throws digitalwallet.gate.permission.Denied when the rule allows the caller nothing
     */
    public Grant grant(Rule rule) {
        return rule.grant(caller());
    }

    /**
     * The fields of the body.
     *
     * @throws ProblemException when it is not one JSON object of at most 64 KiB
     */
    public Map<String, Json.Value> body() {
        return object(bytes(BODY_BYTES_MAX));
    }

    /** The fields of a body of at most 1 MiB. */
    public Map<String, Json.Value> batchBody() {
        return object(bytes(BATCH_BYTES_MAX));
    }

    /**
     * The body as it came, for a signature over it.
     *
     * @throws ProblemException when it is not JSON by its header, or has more than 64 KiB
     */
    public byte[] bytes() {
        return bytes(BODY_BYTES_MAX);
    }

    /**
     * The fields of bytes that came as a body.
     *
     * @throws ProblemException when they are not one JSON object
     */
    public static Map<String, Json.Value> object(byte[] body) {
        try {
            return Json.readObject(body, DEPTH_MAX).values();
        } catch (MalformedJsonException e) {
            throw ProblemException.of(e);
        }
    }

    private byte[] bytes(int max) {
        noParameters();
        Headers.requireJsonBody(request);
        long announced = request.getContentLengthLong();
        if (announced > max) {
            throw tooLarge(max);
        }
        try {
            // If asked for more than there is, the stream would first allocate a large buffer.
            int expected = announced < 0 ? max + 1 : (int) announced;
            var body = request.getInputStream().readNBytes(expected);
            if (body.length > max) {
                throw tooLarge(max);
            }
            return body;
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "the body could not be read to its end");
        }
    }

    private void noParameters() {
        var query = request.getQueryString();
        if (query != null && !query.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_FIELD, "this takes its fields in the body only");
        }
    }

    private static ProblemException tooLarge(int max) {
        return new ProblemException(
                ProblemCode.BODY_TOO_LARGE, "a body has at most " + max + " bytes");
    }
}
