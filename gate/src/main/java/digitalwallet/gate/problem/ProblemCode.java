package digitalwallet.gate.problem;

import java.util.List;

/**
 * Something that can be wrong with a request. These are the codes that every process has; a process
 * declares its own beside them.
 *
 * @param word stable, for programs
 * @param status of HTTP
 * @param title for people
 */
public record ProblemCode(String word, int status, String title) {

    public static final ProblemCode MALFORMED_JSON =
            new ProblemCode("malformed_json", 400, "The body is not JSON");
    public static final ProblemCode TOO_DEEP =
            new ProblemCode("too_deep", 400, "The body is nested too deeply");
    public static final ProblemCode TOO_MANY_VALUES =
            new ProblemCode("too_many_values", 400, "The body has too many values");
    public static final ProblemCode UNKNOWN_FIELD =
            new ProblemCode("unknown_field", 400, "There is no such field");
    public static final ProblemCode DUPLICATE_FIELD =
            new ProblemCode("duplicate_field", 400, "A field is given twice");
    public static final ProblemCode MISSING_FIELD =
            new ProblemCode("missing_field", 400, "A field is missing");
    public static final ProblemCode INVALID_FIELD =
            new ProblemCode("invalid_field", 400, "A field has a value it cannot have");
    public static final ProblemCode INVALID_IDENTIFIER =
            new ProblemCode("invalid_identifier", 400, "This is not an identifier");
    public static final ProblemCode INVALID_TEXT =
            new ProblemCode("invalid_text", 400, "This text is too long or not text");
    public static final ProblemCode AMOUNT_MALFORMED =
            new ProblemCode("amount_malformed", 400, "This is not an amount");
    public static final ProblemCode AMOUNT_PRECISION =
            new ProblemCode("amount_precision", 400, "The currency has fewer decimals");
    public static final ProblemCode AMOUNT_NOT_POSITIVE =
            new ProblemCode("amount_not_positive", 400, "The amount is not positive");
    public static final ProblemCode AMOUNT_OUT_OF_RANGE =
            new ProblemCode("amount_out_of_range", 400, "No books can keep this amount");
    public static final ProblemCode UNKNOWN_CURRENCY =
            new ProblemCode("unknown_currency", 400, "There is no such currency");
    public static final ProblemCode REASON_REQUIRED =
            new ProblemCode("reason_required", 400, "A reason is required");
    public static final ProblemCode INVALID_IDEMPOTENCY_KEY =
            new ProblemCode("invalid_idempotency_key", 400, "This is not an idempotency key");
    public static final ProblemCode IDEMPOTENCY_KEY_MISSING =
            new ProblemCode("idempotency_key_missing", 400, "An idempotency key is required");
    public static final ProblemCode INVALID_PARAMETER =
            new ProblemCode("invalid_parameter", 400, "A parameter has a value it cannot have");
    public static final ProblemCode INVALID_CURSOR =
            new ProblemCode("invalid_cursor", 400, "This cursor belongs to no such list");
    public static final ProblemCode BAD_REQUEST =
            new ProblemCode("bad_request", 400, "The request is not well-formed HTTP");
    public static final ProblemCode UNAUTHORIZED =
            new ProblemCode("unauthorized", 401, "A valid token is required");
    public static final ProblemCode FORBIDDEN =
            new ProblemCode("forbidden", 403, "Your role does not allow this");
    public static final ProblemCode NOT_YOUR_WALLET =
            new ProblemCode("not_your_wallet", 403, "The wallet belongs to somebody else");
    public static final ProblemCode INITIATED_BY_MISMATCH =
            new ProblemCode("initiated_by_mismatch", 403, "You may act in your own name only");
    public static final ProblemCode NOT_FOUND =
            new ProblemCode("not_found", 404, "There is nothing here");
    public static final ProblemCode METHOD_NOT_ALLOWED =
            new ProblemCode("method_not_allowed", 405, "The method is not allowed here");
    public static final ProblemCode NOT_ACCEPTABLE =
            new ProblemCode("not_acceptable", 406, "Answers are JSON");
    public static final ProblemCode REQUEST_TIMEOUT =
            new ProblemCode("request_timeout", 408, "The request did not come in time");
    public static final ProblemCode BODY_TOO_LARGE =
            new ProblemCode("body_too_large", 413, "The body is too large");
    public static final ProblemCode URI_TOO_LONG =
            new ProblemCode("uri_too_long", 414, "The address is too long");
    public static final ProblemCode UNSUPPORTED_MEDIA_TYPE =
            new ProblemCode("unsupported_media_type", 415, "Bodies are JSON");
    public static final ProblemCode EXPECTATION_FAILED =
            new ProblemCode("expectation_failed", 417, "This expectation cannot be met");
    public static final ProblemCode IDEMPOTENCY_KEY_REUSED =
            new ProblemCode(
                    "idempotency_key_reused",
                    422,
                    "The idempotency key belongs to another request");
    public static final ProblemCode TOO_MANY_REQUESTS =
            new ProblemCode("too_many_requests", 429, "You have too much under way");
    public static final ProblemCode HEADERS_TOO_LARGE =
            new ProblemCode("headers_too_large", 431, "The headers are too large");
    public static final ProblemCode INTERNAL_ERROR =
            new ProblemCode("internal_error", 500, "Something went wrong");
    public static final ProblemCode UNAVAILABLE =
            new ProblemCode("unavailable", 503, "This cannot be taken now");

    /** The codes that every process has. */
    public static final List<ProblemCode> COMMON =
            List.of(
                    MALFORMED_JSON,
                    TOO_DEEP,
                    TOO_MANY_VALUES,
                    UNKNOWN_FIELD,
                    DUPLICATE_FIELD,
                    MISSING_FIELD,
                    INVALID_FIELD,
                    INVALID_IDENTIFIER,
                    INVALID_TEXT,
                    AMOUNT_MALFORMED,
                    AMOUNT_PRECISION,
                    AMOUNT_NOT_POSITIVE,
                    AMOUNT_OUT_OF_RANGE,
                    UNKNOWN_CURRENCY,
                    REASON_REQUIRED,
                    INVALID_IDEMPOTENCY_KEY,
                    IDEMPOTENCY_KEY_MISSING,
                    INVALID_PARAMETER,
                    INVALID_CURSOR,
                    BAD_REQUEST,
                    UNAUTHORIZED,
                    FORBIDDEN,
                    NOT_YOUR_WALLET,
                    INITIATED_BY_MISMATCH,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    REQUEST_TIMEOUT,
                    BODY_TOO_LARGE,
                    URI_TOO_LONG,
                    UNSUPPORTED_MEDIA_TYPE,
                    EXPECTATION_FAILED,
                    IDEMPOTENCY_KEY_REUSED,
                    TOO_MANY_REQUESTS,
                    HEADERS_TOO_LARGE,
                    INTERNAL_ERROR,
                    UNAVAILABLE);

    /**
     * The code for an amount that is not valid, by the word that money itself has for the reason.
     *
     * @throws IllegalArgumentException when there is no such word
     */
    public static ProblemCode ofAmount(String word) {
        return switch (word) {
            case "amount_malformed" -> AMOUNT_MALFORMED;
            case "amount_precision" -> AMOUNT_PRECISION;
            case "amount_not_positive" -> AMOUNT_NOT_POSITIVE;
            case "amount_out_of_range" -> AMOUNT_OUT_OF_RANGE;
            default -> throw new IllegalArgumentException("no code of an amount: " + word);
        };
    }

    /** Whether the same request may succeed later. */
    public boolean isRetryable() {
        return status == 503
                || equals(INTERNAL_ERROR)
                || equals(TOO_MANY_REQUESTS)
                || equals(REQUEST_TIMEOUT);
    }
}
