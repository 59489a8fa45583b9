package digitalwallet.ledger.lane;

/**
 * Nobody knew in time whether the command is in the books; sending the same key again will tell.
 */
public final class OutcomeUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OutcomeUnknownException(String message) {
        super(message);
    }
}
