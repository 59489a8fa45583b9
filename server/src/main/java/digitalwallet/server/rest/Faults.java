package digitalwallet.server.rest;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells faults that pass from those that stay. */
final class Faults {

    private Faults() {}

    /**
     * SQLSTATE class 08 is a broken connection, 57P01 to 57P03 a server that shuts down or starts.
     */
    static boolean isConnectionLoss(@Nullable Throwable fault) {
        if (!(fault instanceof SQLException e)) {
            return false;
        }
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P0"));
    }
}
