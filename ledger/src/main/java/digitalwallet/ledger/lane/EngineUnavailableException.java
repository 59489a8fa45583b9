package digitalwallet.ledger.lane;

import org.jspecify.annotations.Nullable;

/** The engine did not post the command and will not: nothing of it is in the books. */
public final class EngineUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Whose trouble it is. */
    public enum Reason {
        /** Everybody's: the queue is full, there is no database, or the wallet shuts down. */
        EVERYBODY,
        /** One user's: as many of their commands as may wait do so already. */
        USER,
        /** One command's: it could not be posted, however often it was tried alone. */
        COMMAND
    }

    EngineUnavailableException(String message) {
        this(message, null, Reason.EVERYBODY);
    }

    EngineUnavailableException(String message, Throwable cause) {
        this(message, cause, Reason.EVERYBODY);
    }

    private EngineUnavailableException(String message, @Nullable Throwable cause, Reason reason) {
        super(message, cause);
        this.reason = reason;
    }

    /** Of a user who has as many commands waiting as one user may. */
    static EngineUnavailableException ofUser() {
        return new EngineUnavailableException(
                "too many commands of this user wait already", null, Reason.USER);
    }

    /** Of a command that met a time-out whenever it was tried. */
    static EngineUnavailableException afterTimeOuts(Exception cause) {
        return new EngineUnavailableException(
                "the database took too long for this command, again and again",
                cause,
                Reason.COMMAND);
    }

    /**
     * Of a command that always met somebody else at its accounts. Whoever holds a row for so long
     * will give it up one day; but conflicts at once, time after time, are the command's own.
     *
     * @param wasHeld whether somebody held what it waited for
     */
    static EngineUnavailableException afterConflicts(boolean wasHeld) {
        return new EngineUnavailableException(
                "too much competition for this wallet",
                null,
                wasHeld ? Reason.EVERYBODY : Reason.COMMAND);
    }

    /** Whose trouble it is. */
    public Reason reason() {
        return reason;
    }
}
