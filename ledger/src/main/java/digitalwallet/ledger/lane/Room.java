package digitalwallet.ledger.lane;

import java.util.concurrent.atomic.AtomicInteger;

/** Room for the commands that wait or run in an engine: bounded, and none once it is closed. */
final class Room {

    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean closed;

    /**
     * Takes room for this many commands.
     *
     * @param most how many commands there may be with them
     * @return false when there is none
     */
    boolean take(int commands, int most) {
        if (closed) {
            return false;
        }
        if (taken.addAndGet(commands) > most) {
            taken.addAndGet(-commands);
            return false;
        }
        return true;
    }

    /** Frees the room of this many commands, which have ended. */
    void free(int commands) {
        taken.addAndGet(-commands);
    }

    /** How many commands wait or run. */
    int taken() {
        return taken.get();
    }

    /** Takes no more commands. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
