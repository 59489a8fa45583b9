package digitalwallet.ledger.posting;

import digitalwallet.ledger.database.BinaryArray;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The advisory locks one lane's session holds. They only save work: nothing becomes wrong without
 * them. Locks are always asked for in ascending order, so that waiters cannot deadlock.
 */
final class AdvisoryLocks {

    /** Returns those that somebody else holds: few rows, however many locks. */
    static final String TRY_LOCK =
            "SELECT k FROM unnest(?::bigint[]) AS k WHERE NOT pg_try_advisory_lock(k)";

    static final String UNLOCK =
            "SELECT count(*) FROM unnest(?::bigint[]) AS k WHERE pg_advisory_unlock(k)";
    private static final String WAIT_FOR_LOCKS =
            "SELECT count(pg_advisory_lock(k)::text) FROM unnest(?::bigint[]) AS k";
    // Those of the form with one 64-bit number: not the lane's claim. What a statement that failed
    // has got of its locks only the database knows.
    private static final String UNLOCK_ALL =
            """
            WITH mine AS MATERIALIZED (
                SELECT (classid::bigint << 32) | objid::bigint AS k FROM pg_locks
                WHERE locktype = 'advisory' AND objsubid = 1 AND pid = pg_backend_pid()
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
            SELECT count(*) FROM mine WHERE pg_advisory_unlock(k)\
            """;
    private static final long[] NONE = {};

    private final Connection connection;
    private long[] held = NONE;

    AdvisoryLocks(Connection connection) {
        this.connection = connection;
    }

    /** Notes what a {@link #TRY_LOCK} got; returns the locks that somebody else holds. */
    Set<Long> refused(long[] wanted, ResultSet rows) throws SQLException {
        var refused = new HashSet<Long>();
        while (rows.next()) {
            refused.add(rows.getLong(1));
        }
        if (refused.isEmpty()) {
            hold(wanted);
        } else {
            hold(Arrays.stream(wanted).filter(lock -> !refused.contains(lock)).toArray());
        }
        return refused;
    }

    /**
     * Waits for all of these locks, in order; may only be called while none is held.
     *
     * @return false when one took longer than the session's lock_timeout, or all of them than its
     *     statement_timeout; then none is held
     */
    boolean await(long[] locks) throws SQLException {
        try (var statement = connection.prepareStatement(WAIT_FOR_LOCKS)) {
            statement.setObject(1, BinaryArray.int8s(locks));
            statement.execute();
            hold(locks);
            return true;
        } catch (SQLException e) {
            if (!SqlStates.isTimeOut(SqlStates.of(e))) {
                throw e;
            }
            // Those it got before the time-out stay with the session; unlocking the others is a
            // warning only.
            try (var statement = connection.prepareStatement(UNLOCK)) {
                statement.setObject(1, BinaryArray.int8s(locks));
                statement.execute();
            }
            return false;
        }
    }

    /** Whether this session holds the lock. */
    boolean holds(long lock) {
        return Arrays.binarySearch(held, lock) >= 0;
    }

    /** The locks to give back, for a statement that begins with {@link #UNLOCK}. */
    long[] handBack() {
        var locks = held;
        held = NONE;
        return locks;
    }

    /** Makes sure an {@link #UNLOCK} freed all it was to free; a leak costs the session. */
    static void requireFreed(long[] locks, ResultSet freed) throws SQLException {
        freed.next();
        if (freed.getLong(1) != locks.length) {
            throw new SQLException(
                    "the session did not hold a lock that it was to free", Pipeline.OUT_OF_STEP);
        }
    }

    /** Frees everything now. */
    void unlock() throws SQLException {
        if (held.length == 0) {
            return;
        }
        var locks = handBack();
        try (var statement = connection.prepareStatement(UNLOCK)) {
            statement.setObject(1, BinaryArray.int8s(locks));
            try (var freed = statement.executeQuery()) {
                requireFreed(locks, freed);
            }
        }
    }

    /** Frees whatever this session holds, after statements that failed. */
    void unlockAll() throws SQLException {
        held = NONE;
        try (var statement = connection.createStatement()) {
            statement.execute(UNLOCK_ALL);
        }
    }

    private void hold(long[] locks) {
        if (held.length == 0) {
            held = locks;
            return;
        }
        var all = Arrays.copyOf(held, held.length + locks.length);
        System.arraycopy(locks, 0, all, held.length, locks.length);
        held = UnitPlan.distinct(all);
    }
}
