package digitalwallet.process.settings;

import org.jspecify.annotations.Nullable;

/**
 * The database a process works on.
 *
 * @param role as whom it works
 * @param owner the role that migrates; null when the schema is only validated
 * @param connectionsMax of the pool
 */
public record DatabaseSettings(Role role, @Nullable Role owner, int connectionsMax) {

    /**
     * As whom to connect, and where.
     *
     * @param url a JDBC address of PostgreSQL, without a password
     */
    public record Role(String url, String user, String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return user + "@" + url;
        }
    }
}
