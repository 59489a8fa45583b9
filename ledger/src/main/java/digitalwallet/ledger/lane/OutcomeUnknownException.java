package digitalwallet.ledger.lane;

/** Whether the command is in the books could not be found out in time; the same key will tell. */
public final class OutcomeUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OutcomeUnknownException(String message) {
        super(message);
    }
}
