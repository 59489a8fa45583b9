package digitalwallet.server.queue;

import java.io.Serial;

/** The broker cannot be used now; nothing was queued. */
public final class QueueUnavailableException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    QueueUnavailableException(String message) {
        super(message);
    }
}
