package digitalwallet.payments.rest;

import java.util.Locale;

/** The stable codes of problem documents, with their HTTP status. */
enum ProblemCode {
    MALFORMED_JSON(400),
    DUPLICATE_FIELD(400),
    TOO_DEEP(400),
    INVALID_TEXT(400),
    UNKNOWN_FIELD(400),
    MISSING_FIELD(400),
    INVALID_IDENTIFIER(400),
    INVALID_METHOD(400),
    INVALID_PARAMETER(400),
    INVALID_CURSOR(400),
    AMOUNT_MALFORMED(400),
    AMOUNT_PRECISION(400),
    AMOUNT_NOT_POSITIVE(400),
    UNKNOWN_CURRENCY(400),
    IDEMPOTENCY_KEY_MISSING(400),
    INVALID_IDEMPOTENCY_KEY(400),
    BAD_REQUEST(400),
    UNAUTHORIZED(401),
    INVALID_SIGNATURE(401),
    FORBIDDEN(403),
    NOT_YOUR_WALLET(403),
    INITIATED_BY_MISMATCH(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    BODY_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    AMOUNT_TOO_LARGE(422),
    IDEMPOTENCY_KEY_REUSED(422),
    INTERNAL_ERROR(500),
    UNAVAILABLE(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    boolean isRetryable() {
        return this == UNAVAILABLE || this == INTERNAL_ERROR;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
