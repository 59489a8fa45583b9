package digitalwallet.server.queue;

import java.io.Serial;

/** The broker did not answer in time: the command may be queued, or may never be. */
public final class SendUnknownException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    SendUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
