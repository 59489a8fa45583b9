package digitalwallet.ledger.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions of lanes that stand still in the middle of a COPY: a stopped process, a hung
 * machine. No time-out of PostgreSQL ends them, because it looks at none while COPY waits for the
 * client; its locks and half-written rows would stand for as long as the process does. Whoever is
 * ended finds out by itself, and settles what it does not know.
 */
public final class StalledWriters {

    private static final Logger LOG = LoggerFactory.getLogger(StalledWriters.class);

    // As idle_in_transaction_session_timeout does for those that stand still between statements.
    private static final String END =
            """
            SELECT count(pg_terminate_backend(pid)::text) FROM pg_stat_activity
            WHERE usename = current_user AND datname = current_database()
            AND application_name = '%s' AND pid <> pg_backend_pid()
            AND state = 'active' AND wait_event_type = 'Client'
            AND state_change < clock_timestamp() - interval '%d milliseconds'\
            """
                    .formatted(
                            LaneConnection.APPLICATION_NAME,
                            LaneConnection.IDLE_IN_TRANSACTION_MILLIS);

    private StalledWriters() {}

    /** Ends them; for whoever had to wait for somebody's locks or rows for too long. */
    public static void end(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(END)) {
            rows.next();
            if (rows.getLong(1) > 0) {
                LOG.warn("ended {} sessions that stood still while they wrote", rows.getLong(1));
            }
        }
    }
}
