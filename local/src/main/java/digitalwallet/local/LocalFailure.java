package digitalwallet.local;

/**
 * Something on this machine prevents the wallet from running; the message is one sentence for the
 * person at the keyboard.
 */
public final class LocalFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LocalFailure(String sentence) {
        super(sentence);
    }

    public LocalFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
