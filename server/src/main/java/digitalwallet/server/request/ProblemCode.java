package digitalwallet.server.request;

import java.util.Locale;

/** Everything that can be wrong with a request, besides the rejections of the books. */
public enum ProblemCode {
    MALFORMED_JSON(400, "The body is not JSON"),
    TOO_DEEP(400, "The body is nested too deeply"),
    UNKNOWN_FIELD(400, "There is no such field"),
    DUPLICATE_FIELD(400, "A field is given twice"),
    MISSING_FIELD(400, "A field is missing"),
    INVALID_FIELD(400, "A field has a value it cannot have"),
    INVALID_IDENTIFIER(400, "This is not an identifier"),
    INVALID_TEXT(400, "This text is too long or not text"),
    INVALID_METADATA(400, "These are not labels"),
    AMOUNT_MALFORMED(400, "This is not an amount"),
    AMOUNT_PRECISION(400, "The currency has fewer decimals"),
    AMOUNT_NOT_POSITIVE(400, "The amount is not positive"),
    UNKNOWN_CURRENCY(400, "There is no such currency"),
    REASON_REQUIRED(400, "A reason is required"),
    INVALID_IDEMPOTENCY_KEY(400, "This is not an idempotency key"),
    IDEMPOTENCY_KEY_MISSING(400, "An idempotency key is required"),
    INVALID_PARAMETER(400, "A parameter has a value it cannot have"),
    INVALID_CURSOR(400, "This cursor belongs to no such list"),
    TOO_MANY_COMMANDS(400, "The batch has too many commands"),
    BAD_REQUEST(400, "The request is not well-formed HTTP"),
    UNAUTHORIZED(401, "A valid token is required"),
    FORBIDDEN(403, "Your role does not allow this"),
    NOT_YOUR_WALLET(403, "The wallet belongs to somebody else"),
    INITIATED_BY_MISMATCH(403, "You may act in your own name only"),
    NOT_FOUND(404, "There is nothing here"),
    WALLET_NOT_FOUND(404, "There is no such wallet"),
    TRANSACTION_NOT_FOUND(404, "There is no such transaction"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "Answers are JSON"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Bodies are JSON"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request"),
    INTERNAL_ERROR(500, "Something went wrong"),
    UNAVAILABLE(503, "The wallet cannot take this now"),
    OUTCOME_UNKNOWN(503, "The outcome is not known yet");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The stable code in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the same request may succeed later. */
    public boolean isRetryable() {
        return status == 503 || this == INTERNAL_ERROR;
    }
}
