package digitalwallet.ledger.reading;

import digitalwallet.ledger.database.LaneConnection;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.StalledWriters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Up to when the past is over: nothing that is dated up to there can commit any more, and a reading
 * that begins now sees all of it. Thread-safe.
 *
 * <p>What has begun to be written shows since when, until it is visible; what has not begun yet
 * will be refused if it is dated long before it begins. Why that is enough is in
 * docs/decisions/0015.
 */
public final class Horizon {

    // statement_timestamp() is taken before the sessions are looked at. One that waits for a lock
    // of accounts is loading and not writing. A session of another role than this one's, or of a
    // server that tracks no activities, does not show since when it writes.
    private static final Query LOOK =
            new Query(
                    """
                    SELECT least(statement_timestamp(), min(xact_start))
                               - interval '%d milliseconds',
                           coalesce(min(xact_start) < clock_timestamp()
                                        - interval '%d milliseconds', false),
                           coalesce(bool_or(backend_start IS NULL OR state = 'disabled'), false)
                    FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name = '%s'
                      AND wait_event IS DISTINCT FROM 'advisory'
                      AND has_table_privilege(usesysid, 'block', 'INSERT')\
                    """
                            .formatted(
                                    LaneConnection.LATE_MILLIS_MAX,
                                    LaneConnection.IDLE_IN_TRANSACTION_MILLIS,
                                    LaneConnection.APPLICATION_NAME));

    /** However many readers wait, the sessions are looked at no more often than this. */
    private static final long LOOK_MILLIS = 20;

    private final DataSource dataSource;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Instant furthest = Instant.MIN;
    // Guarded by the lock.
    private Look last = new Look(Instant.MIN, false, true);
    private long lookedAt = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);

    private record Look(Instant horizon, boolean held, boolean hidden) {}

    /** Looks with connections of this pool, each for one look. */
    public Horizon(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Whether this time is over, as far as was seen before; never true by mistake. */
    public boolean isBehind(Instant time) {
        return !time.isAfter(furthest);
    }

    /**
     * Waits until this time is over.
     *
     * @param longest how long to wait at most
     * @return what is over by now, which is less than was asked for if it took too long; empty when
     *     that cannot be known
     * @throws digitalwallet.ledger.database.ReadFailedException when the database fails
     */
    public Optional<Instant> await(Instant time, Duration longest) {
        long begun = System.nanoTime();
        while (!isBehind(time)) {
            var look = look();
            if (look.hidden) {
                return Optional.empty();
            }
            if (!isBehind(time) && (System.nanoTime() - begun > longest.toNanos() || !paused())) {
                break;
            }
        }
        return Optional.of(furthest);
    }

    private Look look() {
        looking.lock();
        try {
            if (System.nanoTime() - lookedAt > TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
                last = Query.on(dataSource, Horizon::look);
                lookedAt = System.nanoTime();
                if (!last.hidden && last.horizon.isAfter(furthest)) {
                    furthest = last.horizon;
                }
            }
            return last;
        } finally {
            looking.unlock();
        }
    }

    private static Look look(Connection connection) throws SQLException {
        var look = LOOK.first(connection, _ -> {}, Horizon::read).orElseThrow();
        if (look.held) {
            StalledWriters.end(connection);
        }
        return look;
    }

    private static Look read(ResultSet row) throws SQLException {
        return new Look(Query.instant(row, 1), row.getBoolean(2), row.getBoolean(3));
    }

    private static boolean paused() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
