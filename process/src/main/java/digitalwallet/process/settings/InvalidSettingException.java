package digitalwallet.process.settings;

import java.io.Serial;

/** The process cannot run like this; the message is one sentence for the person who started it. */
public final class InvalidSettingException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    public InvalidSettingException(String sentence) {
        super(sentence);
    }

    public InvalidSettingException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
