package digitalwallet.ledger.posting;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * What an error of the database says about the batch it met, by its SQLSTATE (PostgreSQL
 * documentation, "PostgreSQL Error Codes").
 */
final class SqlStates {

    /** What lock_timeout and statement_timeout raise. */
    private static final Set<String> TIME_OUTS = Set.of("55P03", "57014");

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
        return TIME_OUTS.contains(state);
    }

    /** Whether somebody else was in the way: also by half-written rows of a stopped writer. */
    static boolean isCompetition(String state) {
        return CONFLICTS.contains(state) || isTimeOut(state);
    }

    /** Whether whatever is asked of the database in this session would fail alike. */
    static boolean isForEverybody(String state) {
        return state.equals("none") || CLASSES_FOR_EVERYBODY.stream().anyMatch(state::startsWith);
    }
}
