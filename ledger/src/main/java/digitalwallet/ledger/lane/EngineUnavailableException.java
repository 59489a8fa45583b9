package digitalwallet.ledger.lane;

/** The engine did not run the command and will not: the queue is full, or there is no database. */
public final class EngineUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    EngineUnavailableException(String message) {
        super(message);
    }

    EngineUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
