package digitalwallet.ledger.database;

import digitalwallet.ledger.DigestKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** What an engine asks of its database before it starts. */
public final class LedgerDatabase {

    private static final String REMEMBER_DIGEST_KEY =
            "INSERT INTO digest_key (id, check_value) VALUES (1, ?) ON CONFLICT DO NOTHING";
    private static final String DIGEST_KEY = "SELECT check_value FROM digest_key";
    private static final String LOCK_TABLE_SIZE =
            """
            SELECT current_setting('max_locks_per_transaction')::bigint
                 * (current_setting('max_connections')::bigint
                    + current_setting('max_prepared_transactions')::bigint)\
            """;

    private final DatabaseAddress address;

    /** The database at this address. */
    public LedgerDatabase(DatabaseAddress address) {
        this.address = address;
    }

    /**
     * How many locks all sessions of the database together can hold.
     *
     * @throws SQLException when the database cannot be asked
     */
    public long lockTableSize() throws SQLException {
        try (var connection = LaneConnection.open(address);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(LOCK_TABLE_SIZE)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Remembers the first digest key the books are made with, and knows another one.
     *
     * @return whether this key is the one
     * @throws SQLException when the database cannot be asked
     */
    public boolean isKeyOfTheBooks(DigestKey key) throws SQLException {
        try (var connection = LaneConnection.open(address)) {
            try (var statement = connection.prepareStatement(REMEMBER_DIGEST_KEY)) {
                statement.setObject(1, key.checkValue());
                statement.executeUpdate();
            }
            return key.checkValue().equals(storedCheckValue(connection));
        }
    }

    private static UUID storedCheckValue(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(DIGEST_KEY)) {
            rows.next();
            return rows.getObject(1, UUID.class);
        }
    }
}
