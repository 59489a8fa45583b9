package digitalwallet.gate.token;

import java.io.Serial;

/** The token is not one to be believed; its message is fit for the caller. */
public final class InvalidTokenException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    InvalidTokenException(String message) {
        super(message, null, false, false);
    }
}
