package digitalwallet.gate.request;

import digitalwallet.gate.permission.Grant;
import digitalwallet.gate.permission.Rule;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.token.Caller;
import digitalwallet.json.Json;
import digitalwallet.json.MalformedJsonException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request that passed the gate.
 *
 * @param requestId what it is called in answers and logs
 * @param id never used before; a command's transaction has it
 * @param knownCaller who sent it; null only where no token is needed
 * @param bodies reads its body
 */
public record Call(
        HttpServletRequest request,
        String requestId,
        UUID id,
        @Nullable Caller knownCaller,
        Bodies bodies) {

    private static final String ATTRIBUTE = Call.class.getName();
    private static final int BODY_BYTES_MAX = 64 << 10;
    private static final int BATCH_BYTES_MAX = 1 << 20;
    private static final int DEPTH_MAX = 8;
    private static final int VALUES_MAX = 1_000;
    private static final int VALUES_OF_ITEM_MAX = 40;

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

    /**
     * The fields of a body of at most 1 MiB, which has a list.
     *
     * @param itemsMax of the list
     * @param tooMany the problem of a longer one
     * @throws ProblemException when it is not one JSON object, or larger
     */
    public Map<String, Json.Value> batchBody(int itemsMax, ProblemCode tooMany) {
        try {
            var limits =
                    new Json.Limits(
                            DEPTH_MAX, VALUES_MAX + itemsMax * VALUES_OF_ITEM_MAX, itemsMax);
            return Json.readObject(bytes(BATCH_BYTES_MAX), limits).values();
        } catch (MalformedJsonException e) {
            throw e.reason() == MalformedJsonException.Reason.TOO_MANY_ITEMS
                    ? new ProblemException(tooMany, e.sentence())
                    : ProblemException.of(e);
        }
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
            var limits = new Json.Limits(DEPTH_MAX, VALUES_MAX, VALUES_MAX);
            return Json.readObject(body, limits).values();
        } catch (MalformedJsonException e) {
            throw ProblemException.of(e);
        }
    }

    private byte[] bytes(int max) {
        noParameters();
        return bodies.read(request, knownCaller, max);
    }

    private void noParameters() {
        var query = request.getQueryString();
        if (query != null && !query.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_FIELD,
                    "the query has parameters, which this path does not take: send all fields in"
                            + " the body");
        }
    }
}
