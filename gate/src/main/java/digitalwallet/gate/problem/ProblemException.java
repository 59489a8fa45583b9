package digitalwallet.gate.problem;

import digitalwallet.gate.permission.Denied;
import digitalwallet.json.MalformedJsonException;
import java.io.Serial;
import java.util.Map;

/** A request that cannot be served; becomes a problem document. */
public final class ProblemException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    private final transient ProblemCode code;
    private final transient Map<String, Object> facts;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, Map.of());
    }

    /**
     * A problem with facts.
     *
     * @param facts texts, integers and lists of {@link ItemProblem} by name
     */
    public ProblemException(ProblemCode code, String detail, Map<String, Object> facts) {
        super(detail, null, false, false);
        this.code = code;
        this.facts = facts;
    }

    /** The problem of a request that the role table forbids. */
    public static ProblemException of(Denied e) {
        var code =
                switch (e.reason()) {
                    case FORBIDDEN -> ProblemCode.FORBIDDEN;
                    case NOT_YOUR_WALLET -> ProblemCode.NOT_YOUR_WALLET;
                    case INITIATED_BY_MISMATCH -> ProblemCode.INITIATED_BY_MISMATCH;
                    case REASON_REQUIRED -> ProblemCode.REASON_REQUIRED;
                };
        return new ProblemException(code, String.valueOf(e.getMessage()));
    }

    /** The problem of a body that is not the JSON object it should be. */
    public static ProblemException of(MalformedJsonException e) {
        var code =
                switch (e.reason()) {
                    case DUPLICATE_FIELD -> ProblemCode.DUPLICATE_FIELD;
                    case TOO_DEEP -> ProblemCode.TOO_DEEP;
                    case INVALID_TEXT, NAME_TOO_LONG -> ProblemCode.INVALID_TEXT;
                    case TOO_MANY_VALUES, TOO_MANY_ITEMS -> ProblemCode.TOO_MANY_VALUES;
                    case MALFORMED_JSON -> ProblemCode.MALFORMED_JSON;
                };
        return new ProblemException(code, e.sentence());
    }

    /** A problem of one field or parameter. */
    public static ProblemException ofField(ProblemCode code, String field, String detail) {
        return new ProblemException(code, detail, Map.of("field", field));
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> facts() {
        return facts;
    }
}
