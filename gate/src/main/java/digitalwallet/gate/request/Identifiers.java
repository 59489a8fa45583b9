package digitalwallet.gate.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import java.util.UUID;

/** What users, orders and transactions are called. */
public final class Identifiers {

    private static final int LENGTH_MAX = 64;
    private static final int UUID_LENGTH = 36;
    private static final int KEY_LENGTH_MAX = 255;

    private Identifiers() {}

    /**
     * The identifier itself.
     *
     * @param name of the field or parameter, for the answer
     * @throws ProblemException when it is not an identifier
     */
    public static String checked(String name, String text) {
        if (!isIdentifier(text)) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_IDENTIFIER,
                    name,
                    name
                            + " is no identifier: send 1 to 64 characters of A-Z a-z 0-9 . _ : @ +"
                            + " - but not . or .. alone");
        }
        return text;
    }

    public static boolean isIdentifier(String text) {
        // In a path these two are steps, not names.
        if (text.isEmpty() || text.length() > LENGTH_MAX || text.equals(".") || text.equals("..")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == ':'
                || c == '@'
                || c == '+'
                || c == '-';
    }

    /** Whether this JSON number is an integer as it stands. */
    public static boolean isWhole(String literal) {
        return literal.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-');
    }

    /**
     * The id of a transaction or of a payment.
     *
     * @throws ProblemException when it is not such an id
     */
    public static UUID uuid(String name, String text) {
        // UUID.fromString alone lets 1-1-1-1-1 pass.
        if (text.length() == UUID_LENGTH) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException _) {
                // Refused below, as any other text.
            }
        }
        throw ProblemException.ofField(
                ProblemCode.INVALID_IDENTIFIER,
                name,
                name + " is no UUID: send it as answers show it");
    }

    /**
     * The idempotency key itself.
     *
     * @throws ProblemException when it is not 1 to 255 printable ASCII characters
     */
    public static String key(String key) {
        if (key.isEmpty()
                || key.length() > KEY_LENGTH_MAX
                || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new ProblemException(
                    ProblemCode.INVALID_IDEMPOTENCY_KEY,
                    "the idempotency key is empty, too long or not ASCII: send 1 to 255 printable"
                            + " ASCII characters");
        }
        return key;
    }
}
