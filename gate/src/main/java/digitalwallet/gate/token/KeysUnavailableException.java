package digitalwallet.gate.token;

import java.io.Serial;

/** The issuer's keys cannot be fetched, so nothing can be said about a token. */
public final class KeysUnavailableException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    KeysUnavailableException(Throwable cause) {
        super("the token issuer's keys cannot be read", cause);
    }
}
