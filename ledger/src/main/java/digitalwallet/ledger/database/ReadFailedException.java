package digitalwallet.ledger.database;

import java.sql.SQLException;

/** The books could not be read: the database is away or refuses. */
public final class ReadFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReadFailedException(SQLException cause) {
        super("the books cannot be read: " + cause.getMessage(), cause);
    }
}
