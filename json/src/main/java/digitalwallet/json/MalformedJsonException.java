package digitalwallet.json;

import java.io.Serial;

/** The bytes are not one JSON object as it should be; reading them again does not help. */
public final class MalformedJsonException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    private final Reason reason;

    /** What is wrong with the bytes. */
    public enum Reason {
        /** The bytes are not well-formed JSON in UTF-8, or something follows it. */
        MALFORMED_JSON,
        /** A name stands twice in one object. */
        DUPLICATE_FIELD,
        /** A text or a name holds half a character. */
        INVALID_TEXT,
        /** A name is longer than any field's. */
        NAME_TOO_LONG,
        /** It has more values than the reader allows. */
        TOO_MANY_VALUES,
        /** An array has more values than the reader allows. */
        TOO_MANY_ITEMS,
        /** Objects and arrays are nested more deeply than the reader allows. */
        TOO_DEEP
    }

    MalformedJsonException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    /** The stable code. */
    public Reason reason() {
        return reason;
    }

    /** The reason as a sentence for people; it repeats nothing secret. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
