package digitalwallet.ledger.check;

/** The books could not be checked; nothing is known about them. */
public final class CheckFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CheckFailedException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
