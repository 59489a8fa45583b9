package digitalwallet.ledger.posting;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * What an error of the database says about the batch it met, by its SQLSTATE (PostgreSQL
 * documentation, "PostgreSQL Error Codes").
 */
final class SqlStates {

    /** What lock_timeout raises. */
    private static final String LOCK_TIME_OUT = "55P03";

    /** What statement_timeout raises. */
    private static final String STATEMENT_TIME_OUT = "57014";

    /** What {@link InsertRows#guard} raises, and nothing else that a lane asks for. */
    private static final String DIVISION_BY_ZERO = "22012";

    /** Serialization failure, deadlock. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    /**
     * What no command and no row can bring about: a broken connection, a plan that a migration has
     * made useless, a transaction in the wrong state (also a read-only one: a former primary that
     * has become a standby), a statement that is not known or not allowed, a full disk, no memory,
     * an operator at work, an input or output error.
     */
    private static final List<String> CLASSES_FOR_EVERYBODY =
            List.of("08", "0A", "25", "26", "28", "3D", "42", "53", "57", "58");

    private SqlStates() {}

    /** The error's SQLSTATE; a word that is none when it has none. */
    static String of(SQLException e) {
        var state = e.getSQLState();
        return state == null || state.isEmpty() ? "none" : state;
    }

    /** Whether it waited for too long. */
    static boolean isTimeOut(String state) {
        return state.equals(LOCK_TIME_OUT) || isTooSlow(state);
    }

    /**
     * Whether one statement took too long as a whole. Nobody need be in the way: the disk may be
     * slow, or what was asked for may never come.
     */
    static boolean isTooSlow(String state) {
        return state.equals(STATEMENT_TIME_OUT);
    }

    /** Whether the batch was dated too long ago. */
    static boolean isLate(String state) {
        return state.equals(DIVISION_BY_ZERO);
    }

    /** Whether somebody else was in the way: also by half-written rows of a stopped writer. */
    static boolean isCompetition(String state) {
        return CONFLICTS.contains(state) || state.equals(LOCK_TIME_OUT);
    }

    /** Whether whatever is asked of the database in this session would fail alike. */
    static boolean isForEverybody(String state) {
        return !isTooSlow(state)
                && (state.equals("none")
                        || CLASSES_FOR_EVERYBODY.stream().anyMatch(state::startsWith));
    }
}
