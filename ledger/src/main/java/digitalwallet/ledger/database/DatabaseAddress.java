package digitalwallet.ledger.database;

/**
 * Where the database is and as whom to connect.
 *
 * @param url a JDBC URL of PostgreSQL, without the password
 */
public record DatabaseAddress(String url, String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + url;
    }
}
