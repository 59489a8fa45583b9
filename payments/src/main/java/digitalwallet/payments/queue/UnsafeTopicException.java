package digitalwallet.payments.queue;

/** A topic may lose messages, or cannot be looked at; the message says what to change. */
public final class UnsafeTopicException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnsafeTopicException(String sentence) {
        super(sentence);
    }

    UnsafeTopicException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
