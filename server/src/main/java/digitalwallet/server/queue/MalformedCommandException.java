package digitalwallet.server.queue;

import java.io.Serial;

/** The message asks for nothing that the wallet could do: it becomes a dead letter. */
final class MalformedCommandException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * With its reason.
     *
     * @param reason a stable code
     * @param detail for people
     */
    MalformedCommandException(String reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
