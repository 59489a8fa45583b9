package digitalwallet.gate;

import java.sql.SQLException;
import java.sql.SQLTransientException;

/** Tells faults that pass from those that stay. */
final class Faults {

    private Faults() {}

    /**
     * Whether a query failed because the database is away or slow. SQLSTATE class 08 means a broken
     * connection; 57P01 to 57P03 mean a server that shuts down or starts.
     */
    static boolean isForNow(Throwable fault) {
        if (fault instanceof SQLTransientException) {
            return true;
        }
        if (!(fault instanceof SQLException e)) {
            return false;
        }
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P0"));
    }
}
