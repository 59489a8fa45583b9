package digitalwallet.ledger.posting;

import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.database.AccountRows;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.database.LaneConnection;
import digitalwallet.ledger.decide.BatchDecision;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lane's one connection: its claim, its locks, its batches. Not thread-safe. Whatever throws an
 * SQLException here leaves the session unusable: close it and open another.
 */
public final class LaneSession implements AutoCloseable {

    private static final long[] NOTHING_TO_FREE = {};

    private final Connection connection;
    private final AdvisoryLocks locks;
    private final boolean locking;
    private final KnownStates known;
    private @Nullable BlockHead head;
    private @Nullable InDoubtBatch inDoubt;
    private int roundTrips;

    private LaneSession(Connection connection, boolean locking, KnownStates known) {
        this.connection = connection;
        this.locking = locking;
        this.known = known;
        locks = new AdvisoryLocks(connection);
    }

    /**
     * Connects, without a claim yet.
     *
     * @param locking false switches the advisory locks off: for proofs that they only save work
     * @param known what this and the instance's other sessions remember of accounts
     */
    public static LaneSession open(DatabaseAddress address, boolean locking, KnownStates known)
            throws SQLException {
        return new LaneSession(LaneConnection.open(address), locking, known);
    }

    /**
     * Finds out whether a batch of an earlier session is in the books, and makes it final.
     *
     * @throws SQLException when it cannot be known yet: try again on another session
     */
    public boolean landed(InDoubtBatch batch, Instant now) throws SQLException {
        return LaneJournal.landed(connection, batch, now);
    }

    /**
     * Claims a free lane and commits an empty block on it. Once that is durable, so is everything
     * this session can see: only then may it answer.
     */
    public void claim(Instant now) throws SQLException {
        var last = LaneJournal.claim(connection);
        var empty = LaneJournal.emptyBlock(last, now);
        var result = new BatchWriter(connection).write(empty, 0);
        if (!(result instanceof WriteResult.Committed)) {
            throw new SQLException("the lane's first block was not committed: " + result);
        }
        head = empty.head();
    }

    /** The lane's number; claimed before. */
    public int lane() {
        return head().lane();
    }

    /**
     * Frees the last batch's locks, tries this one's, and loads what it names.
     *
     * @param recalling whether to look which of its queued commands are in the books already: only
     *     needed after a batch failed because one of its transactions is in the books already
     */
    public LoadedBatch load(List<UnitPlan> plans, boolean recalling) throws SQLException {
        return load(locks.handBack(), plans, new Mode(locking, false, recalling));
    }

    /**
     * The same for units that must not be put off again: waits for all their locks, for at most the
     * session's time-outs, and then goes without those it did not get; versions guard it.
     */
    public LoadedBatch loadInsisting(List<UnitPlan> plans) throws SQLException {
        locks.unlock();
        var wanted =
                UnitPlan.distinct(
                        plans.stream()
                                .map(UnitPlan::locks)
                                .flatMapToLong(Arrays::stream)
                                .toArray());
        boolean locked = locking && locks.await(wanted);
        if (!locked) {
            StalledWriters.end(connection);
        }
        var loaded = load(NOTHING_TO_FREE, plans, new Mode(locked, true, true));
        roundTrips += 2;
        return loaded;
    }

    /**
     * Writes and commits a decided batch, once the states it was decided on are certain: those that
     * were loaded are, those that were assumed and get another version are by that version, and the
     * other assumed ones are loaded now.
     *
     * @param progress how far queues are processed with this batch; committed with it
     */
    public WriteResult write(
            LoadedBatch loaded, BatchDecision decision, List<QueueProgress> progress, Instant now)
            throws SQLException {
        var unwritten = new HashMap<>(loaded.assumed());
        unwritten.keySet().removeAll(decision.states().keySet());
        if (!unwritten.isEmpty() && !areCurrent(unwritten)) {
            known.mistrust();
            return new WriteResult.Conflict("stale");
        }
        var result = write(decision, progress, now);
        if (result instanceof WriteResult.Committed) {
            known.remember(decision.states());
        } else {
            known.mistrust();
            if (result instanceof WriteResult.Conflict conflict && conflict.isTimeOut()) {
                StalledWriters.end(connection);
            }
        }
        return result;
    }

    private WriteResult write(BatchDecision decision, List<QueueProgress> progress, Instant now) {
        var previous = head();
        var rows = new BatchRows(decision, progress, previous, now);
        var writer = new BatchWriter(connection);
        var result = writer.write(rows, decision.transactions().size());
        roundTrips += writer.roundTrips();
        if (result instanceof WriteResult.Committed) {
            head = rows.head();
        } else if (result instanceof WriteResult.InDoubt) {
            inDoubt = new InDoubtBatch(previous, rows.head());
        }
        return result;
    }

    /** The batch whose COMMIT got no answer in this session, or null. */
    public @Nullable InDoubtBatch inDoubt() {
        return inDoubt;
    }

    /** Frees all locks of accounts, keys and references. */
    public void unlock() throws SQLException {
        locks.unlock();
    }

    /** Keeps an idle session from being ended by the database, and finds out when it was. */
    public void ping() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    /** How often the lane waited for the database since the batch was begun to load. */
    public int roundTrips() {
        return roundTrips;
    }

    /** Ends the session; the database frees its locks and its claim. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException alreadyBroken) {
            // The session is over either way.
            return;
        }
    }

    private record Mode(boolean locking, boolean insisting, boolean recalling) {}

    private LoadedBatch load(long[] freed, List<UnitPlan> plans, Mode mode) throws SQLException {
        var loader =
                new BatchLoader(
                        connection,
                        locks,
                        mode.locking(),
                        mode.insisting(),
                        mode.recalling(),
                        known,
                        plans);
        var loaded = loader.load(freed, lane());
        roundTrips = loader.roundTrips();
        return loaded;
    }

    private boolean areCurrent(Map<UUID, AccountState> states) throws SQLException {
        roundTrips++;
        return AccountRows.load(connection, states.keySet()).equals(states);
    }

    private BlockHead head() {
        if (head == null) {
            throw new IllegalStateException("the session has claimed no lane");
        }
        return head;
    }
}
