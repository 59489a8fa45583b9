package digitalwallet.server.rest;

import java.io.Serial;
import java.util.Map;

/** A request that cannot be served; becomes a problem document. */
final class ProblemException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    private final ProblemCode code;
    private final transient Map<String, Object> facts;

    ProblemException(ProblemCode code, String detail) {
        this(code, detail, Map.of());
    }

    /**
     * A problem with facts.
     *
     * @param facts texts and integers by name
     */
    ProblemException(ProblemCode code, String detail, Map<String, Object> facts) {
        super(detail, null, false, false);
        this.code = code;
        this.facts = facts;
    }

    static ProblemException ofField(ProblemCode code, String field, String detail) {
        return new ProblemException(code, detail, Map.of("field", field));
    }

    ProblemCode code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    Map<String, Object> facts() {
        return facts;
    }
}
