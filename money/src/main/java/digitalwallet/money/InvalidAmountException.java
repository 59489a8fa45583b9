package digitalwallet.money;

import java.io.Serial;

/** A text that is not an amount somebody may ask for. */
public final class InvalidAmountException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    /** What is wrong with it, in the order in which it is looked at. */
    public enum Reason {
        /** Not a plain decimal number. */
        MALFORMED("amount_malformed"),
        /** More decimals than the currency has. */
        PRECISION("amount_precision"),
        /** Zero or less. */
        NOT_POSITIVE("amount_not_positive"),
        /** More than 64 bits of minor units hold. */
        OUT_OF_RANGE("amount_out_of_range");

        private final String code;

        Reason(String code) {
            this.code = code;
        }
    }

    private final Reason reason;

    InvalidAmountException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** The stable code used in answers. */
    public String code() {
        return reason.code;
    }
}
