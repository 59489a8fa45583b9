package digitalwallet.gate.token;

import java.io.Serial;

/** The token cannot be believed; the exception's message may be shown to the caller. */
public final class InvalidTokenException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    InvalidTokenException(String message) {
        super(message, null, false, false);
    }
}
