package digitalwallet.ledger.fault;

import digitalwallet.ledger.fault.CuttingProxy.Written;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client of PostgreSQL is doing, as its messages tell. */
final class Dialogue {

    private final Map<String, String> statements = new HashMap<>();
    private String bound = "";
    private @Nullable Written written;

    /** Notes one message on its way to the server. */
    void hear(Frame frame) {
        switch (frame.type()) {
            case 'P' -> {
                statements.put(frame.text(0), frame.text(1).strip());
                bound = frame.text(1).strip();
            }
            case 'B' -> bound = Objects.requireNonNull(statements.get(frame.text(1)));
            case 'Q' -> bound = frame.text(0).strip();
            case 'd' -> written = Written.COPIED;
            default -> {}
        }
        if (begins(frame)) {
            written = null;
        } else if (frame.type() == 'E' && bound.startsWith("INSERT INTO transaction ")) {
            written = Written.INSERTED;
        }
    }

    /** Whether this message, heard last, begins a transaction. */
    boolean begins(Frame frame) {
        return (frame.type() == 'B' || frame.type() == 'P' || frame.type() == 'Q')
                && bound.startsWith("BEGIN");
    }

    /** Whether this message, heard last, commits one. */
    boolean commits(Frame frame) {
        return (frame.type() == 'E' || frame.type() == 'Q') && bound.equals("COMMIT");
    }

    /** How the transaction's rows were written; null when they are no batch. */
    @Nullable Written written() {
        return written;
    }
}
