package digitalwallet.gate;

import java.io.Serial;

/** The path has no endpoint for this method, though another path's pattern would match it. */
final class WrongMethodException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    WrongMethodException() {
        super("another method", null, false, false);
    }
}
