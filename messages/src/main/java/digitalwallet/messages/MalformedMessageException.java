package digitalwallet.messages;

import digitalwallet.json.MalformedJsonException;
import java.util.Locale;

/** A message that cannot be understood; reading it again does not help. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why; the words are a contract, dead letters carry them. */
    public enum Reason {
        /** No bytes at all. */
        NO_VALUE,
        /** Nobody says who wrote it. */
        UNSIGNED,
        /** Signed by nobody known, or altered since. */
        BAD_SIGNATURE,
        /** Its headers say something else than the event. */
        WRONG_HEADER,
        /** Its record key is not the user it is about. */
        WRONG_KEY,
        /** No well-formed JSON in UTF-8, or something follows it. */
        MALFORMED_JSON,
        /** A name stands twice in one object. */
        DUPLICATE_FIELD,
        /** A text holds half a character. */
        INVALID_TEXT,
        /** Nested deeper than {@link CloudEvent#DEPTH_MAX}. */
        TOO_DEEP,
        /** More bytes than {@link CloudEvent#BYTES_MAX}, or more values than a message has. */
        TOO_LARGE,
        /** Another version of CloudEvents than 1.0. */
        WRONG_SPECVERSION,
        /** An attribute every message needs is not there. */
        MISSING_ATTRIBUTE,
        /** An attribute that is not what it should be. */
        INVALID_ATTRIBUTE,
        /** The data is not JSON. */
        WRONG_DATACONTENTTYPE,
        /** A type, or a version of it, that the reader does not know. */
        UNKNOWN_TYPE,
        /** The data is missing, no object, or does not say what its type promises. */
        INVALID_DATA;

        /** The word in a dead letter. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether somebody may be pretending to be somebody else: a cause for alarm. */
        public boolean isAlarming() {
            return this == UNSIGNED || this == BAD_SIGNATURE;
        }
    }

    /**
     * With its reason.
     *
     * @param sentence for people; it repeats nothing secret
     */
    public MalformedMessageException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    /** Of bytes that are not even the JSON that a message is. */
    static MalformedMessageException of(MalformedJsonException e) {
        var reason =
                switch (e.reason()) {
                    case MALFORMED_JSON -> Reason.MALFORMED_JSON;
                    case DUPLICATE_FIELD -> Reason.DUPLICATE_FIELD;
                    case INVALID_TEXT -> Reason.INVALID_TEXT;
                    case TOO_DEEP -> Reason.TOO_DEEP;
                    case NAME_TOO_LONG, TOO_MANY_VALUES, TOO_MANY_ITEMS -> Reason.TOO_LARGE;
                };
        return new MalformedMessageException(reason, e.sentence());
    }

    /** The stable code. */
    public Reason reason() {
        return reason;
    }

    /** The same for people. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
