package digitalwallet.ledger.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How a lane connects: every wait is bounded on both sides, so that a hung or stopped lane loses
 * its session, and with it its locks and its claim, within seconds.
 */
public final class LaneConnection {

    /** What the database calls the sessions of lanes. */
    public static final String APPLICATION_NAME = "wallet-lane";

    /**
     * So long, by the database's clock, a batch may have been dated when its transaction begins:
     * one that is later is decided again. So nothing that has not begun yet will be dated further
     * back.
     */
    public static final int LATE_MILLIS_MAX = 500;

    /** After this long without a statement in a transaction the database ends the session. */
    public static final int IDLE_IN_TRANSACTION_MILLIS = 5_000;

    /** After this long without a statement the database ends the session: lanes ping before. */
    private static final int IDLE_SESSION_TIMEOUT_MILLIS = 10_000;

    // Scans of whole tables and plans made for one set of parameters are never right for a lane.
    private static final String OPTIONS =
            String.join(
                    " ",
                    "-c TimeZone=UTC",
                    "-c synchronous_commit=on",
                    "-c statement_timeout=8000",
                    "-c lock_timeout=1000",
                    "-c idle_in_transaction_session_timeout=" + IDLE_IN_TRANSACTION_MILLIS,
                    "-c idle_session_timeout=" + IDLE_SESSION_TIMEOUT_MILLIS,
                    "-c tcp_keepalives_idle=5",
                    "-c tcp_keepalives_interval=2",
                    "-c tcp_keepalives_count=3",
                    "-c tcp_user_timeout=10000",
                    "-c plan_cache_mode=force_generic_plan",
                    "-c enable_seqscan=off",
                    "-c enable_hashjoin=off",
                    "-c enable_mergejoin=off",
                    "-c jit=off");

    private LaneConnection() {}

    /** A lane's connection, in auto-commit mode. */
    public static Connection open(DatabaseAddress address) throws SQLException {
        return open(address, APPLICATION_NAME);
    }

    /** The same for another kind of session that must not outlive a hung process. */
    public static Connection open(DatabaseAddress address, String applicationName)
            throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("cancelSignalTimeout", "2");
        properties.setProperty("tcpKeepAlive", "true");
        // What the database says of an error may hold whole rows, and ends up in the log.
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("binaryTransferEnable", BinaryArray.TYPES);
        properties.setProperty("options", OPTIONS);
        return DriverManager.getConnection(address.url(), properties);
    }

    /**
     * A warning at COMMIT means that synchronous replication was not waited for: visible, but
     * perhaps not durable. That is no commit to answer for.
     *
     * @throws SQLException when there is a warning
     */
    public static void refuseWarnings(@Nullable SQLWarning warning) throws SQLException {
        if (warning != null) {
            throw new SQLException("commit with a warning: " + warning.getMessage(), warning);
        }
    }
}
