package digitalwallet.process.settings;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database a process works on.
 *
 * @param role as whom it works
 * @param owner the role that migrates; null when the schema is only validated
 * @param connectionsMax of the pool
 */
public record DatabaseSettings(Role role, @Nullable Role owner, int connectionsMax) {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSettings.class);

    /** Logs that the process has a password which only a migration needs. */
    public void warnOfOwner() {
        if (owner != null && !owner.user().equals(role.user())) {
            LOG.warn(
                    "the password of the schema's owner is in the environment of this process,"
                        + " which needs it for nothing but migrating; that is better done in a step"
                        + " of its own, by the argument migrate");
        }
    }

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
