package digitalwallet.ledger.posting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Queries with one parameter each that the lane waits for once, all together. */
final class Pipeline {

    /** The SQLSTATE of a session whose answers do not fit what it was asked (08P01). */
    static final String OUT_OF_STEP = "08P01";

    private final List<String> queries = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();

    /** Takes in the rows of one query. */
    interface Reader {
        void read(ResultSet rows) throws SQLException;
    }

    /** Adds a query, its parameter, and who takes in its rows. */
    void add(String query, Object parameter, Reader reader) {
        queries.add(query);
        parameters.add(parameter);
        readers.add(reader);
    }

    /** Runs all of them, in order; returns how many round trips that took. */
    int run(Connection connection) throws SQLException {
        if (queries.isEmpty()) {
            return 0;
        }
        try (var statement = connection.prepareStatement(String.join(";\n", queries))) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            statement.execute();
            for (int i = 0; i < readers.size(); i++) {
                readers.get(i).read(i == 0 ? statement.getResultSet() : next(statement));
            }
        }
        return 1;
    }

    private static ResultSet next(PreparedStatement statement) throws SQLException {
        if (!statement.getMoreResults()) {
            throw new SQLException("a query of the pipeline returned no rows", OUT_OF_STEP);
        }
        return statement.getResultSet();
    }
}
