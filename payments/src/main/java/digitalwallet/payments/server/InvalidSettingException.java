package digitalwallet.payments.server;

/** The process cannot run like this; the message says in one sentence why. */
final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidSettingException(String sentence) {
        super(sentence);
    }

    InvalidSettingException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
