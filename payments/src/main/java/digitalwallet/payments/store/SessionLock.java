package digitalwallet.payments.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A lock that one process at a time has, as long as its session with the database lasts. */
public final class SessionLock implements AutoCloseable {

    private static final String TAKE =
            "SELECT pg_try_advisory_lock(hashtext('payments'), hashtext(?))";

    private static final String RELEASE = "SELECT pg_advisory_unlock_all()";

    private static final int ANSWER_SECONDS_MAX = 5;

    private final Connection connection;

    private SessionLock(Connection connection) {
        this.connection = connection;
    }

    /** The lock of that name; empty when somebody has it. */
    public static Optional<SessionLock> take(Database database, String name) {
        try {
            var connection = database.source().getConnection();
            try (var statement = connection.prepareStatement(TAKE)) {
                statement.setString(1, name);
                try (var row = statement.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return Optional.of(new SessionLock(connection));
                    }
                }
                connection.close();
                return Optional.empty();
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw lost(e);
        }
    }

    /**
     * Makes sure that it is still held.
     *
     * @throws IllegalStateException when the session has ended
     */
    public void confirm() {
        try {
            if (!connection.isValid(ANSWER_SECONDS_MAX)) {
                throw new IllegalStateException("the session with the database has ended");
            }
        } catch (SQLException e) {
            throw lost(e);
        }
    }

    @Override
    public void close() {
        try (connection;
                var statement = connection.createStatement()) {
            statement.execute(RELEASE);
        } catch (SQLException _) {
            // The session has ended, and the lock with it.
        }
    }

    private static IllegalStateException lost(SQLException e) {
        return new IllegalStateException("the database is away", e);
    }
}
