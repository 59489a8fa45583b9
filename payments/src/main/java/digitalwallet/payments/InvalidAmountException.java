package digitalwallet.payments;

/** A text that is no amount, or none of its currency. */
public final class InvalidAmountException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    InvalidAmountException(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /** A stable code, as the wallet's API has it. */
    public String code() {
        return code;
    }
}
