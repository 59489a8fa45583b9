package digitalwallet.gate.permission;

import java.io.Serial;

/** The caller may not do this. */
public final class Denied extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    /** Which rule says so. */
    public enum Reason {
        /** The role has no such permission. */
        FORBIDDEN,
        /** The wallet belongs to somebody else. */
        NOT_YOUR_WALLET,
        /** The caller may act in their own name only. */
        INITIATED_BY_MISMATCH,
        /** The caller must give a reason. */
        REASON_REQUIRED
    }

    private final Reason reason;

    Denied(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Which rule says so. */
    public Reason reason() {
        return reason;
    }
}
