package digitalwallet.server;

import java.io.Serial;

/** The server cannot start like this; the message is one sentence for the one who started it. */
final class InvalidSettingException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    InvalidSettingException(String sentence) {
        super(sentence);
    }

    InvalidSettingException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
