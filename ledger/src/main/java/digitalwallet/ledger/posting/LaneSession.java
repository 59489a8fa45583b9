package digitalwallet.ledger.posting;

import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.PostedBlock;
import digitalwallet.ledger.database.AccountRows;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.database.LaneConnection;
import digitalwallet.ledger.database.QueueProgress;
import digitalwallet.ledger.database.StalledWriters;
import digitalwallet.ledger.decide.BatchDecision;
import digitalwallet.ledger.posting.BatchLoader.Care;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lane's one connection: its claim, its locks, its batches. Not thread-safe. No error of the
 * database leaves it as an exception: what became of a batch, or that the session is lost, is a
 * value.
 */
public final class LaneSession implements AutoCloseable {

    /** Well before the database ends a session that says nothing. */
    private static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(3);

    private static final long[] NOTHING_TO_FREE = {};

    private final Connection connection;
    private final AdvisoryLocks locks;
    private final Guards guards;
    private final KnownStates known;
    private final Consumer<PostedBlock> posted;
    private BlockHead head;
    private int roundTrips;
    private long lastUse = System.nanoTime();

    /** What became of opening a session. */
    public sealed interface Opening permits Opened, PostingResult.Lost {}

    /**
     * A session that has a lane.
     *
     * @param landed whether the batch that was in doubt is in the books; false when there was none
     */
    public record Opened(LaneSession session, boolean landed) implements Opening {}

    private LaneSession(
            Connection connection,
            Guards guards,
            KnownStates known,
            Consumer<PostedBlock> posted,
            BlockHead claimed) {
        this.connection = connection;
        this.guards = guards;
        this.known = known;
        this.posted = posted;
        head = claimed;
        locks = new AdvisoryLocks(connection);
    }

    /**
     * Connects, finds out whether a batch of an earlier session is in the books and makes that
     * final, claims a free lane, and commits an empty block on it: once that is durable, so is
     * everything this session can see, and only then may it answer. All of it can be done again
     * after it failed.
     *
     * @param known what this and the instance's other sessions remember of accounts
     * @param posted is given what this session commits, once it is durable
     * @param inDoubt a batch whose COMMIT got no answer, or null
     */
    public static Opening open(
            DatabaseAddress address,
            Guards guards,
            KnownStates known,
            Consumer<PostedBlock> posted,
            PostingResult.@Nullable InDoubtBatch inDoubt,
            Instant now) {
        Connection connection;
        try {
            connection = LaneConnection.open(address);
        } catch (SQLException e) {
            return PostingResult.Lost.by(e);
        }
        try {
            boolean landed =
                    inDoubt != null && LaneJournal.landed(connection, inDoubt, now, guards.key());
            var claimed = LaneJournal.claim(connection);
            var session = new LaneSession(connection, guards, known, posted, claimed);
            var result =
                    session.append(LaneJournal.emptyBlock(claimed, now, guards.key()), 0, false);
            if (result instanceof PostingResult.Committed) {
                return new Opened(session, landed);
            }
            close(connection);
            return new PostingResult.Lost(
                    PostingResult.Lost.Reason.BROKEN,
                    new SQLException("the lane's first block was not committed: " + result));
        } catch (SQLException e) {
            close(connection);
            return PostingResult.Lost.by(e);
        } catch (RuntimeException | Error mistake) {
            close(connection);
            return PostingResult.Lost.byMistake(mistake);
        }
    }

    /** The lane's number; claimed before. */
    public int lane() {
        return head.lane();
    }

    /**
     * Frees the last batch's locks, tries this one's, and loads what it names.
     *
     * @param recalling whether to look which of its queued commands are in the books already: only
     *     needed after a batch failed because one of its transactions is in the books already
     */
    public PostingResult.Loading load(List<UnitPlan> plans, boolean recalling) {
        try {
            var care = recalling ? Care.RECALLING : Care.USUAL;
            return load(locks.handBack(), plans, guards.locks(), care);
        } catch (SQLException | RuntimeException e) {
            return explain(e);
        }
    }

    /**
     * The same for units that must not be put off again: waits for all their locks, for at most the
     * session's time-outs, and then goes without those it did not get; versions guard it.
     */
    public PostingResult.Loading loadInsisting(List<UnitPlan> plans) {
        try {
            locks.unlock();
            boolean locked = guards.locks() && locks.await(UnitPlan.locksOf(plans));
            if (!locked) {
                StalledWriters.end(connection);
            }
            var loaded = load(NOTHING_TO_FREE, plans, locked, Care.INSISTING);
            roundTrips += 2;
            return loaded;
        } catch (SQLException | RuntimeException e) {
            return explain(e);
        }
    }

    /**
     * Writes and commits a decided batch, once the states it was decided on are certain: those that
     * were loaded are, those that were assumed and get another version are by that version, and the
     * other assumed ones are loaded now.
     *
     * @param progress how far queues are processed with this batch; committed with it
     */
    public PostingResult write(
            LoadedBatch loaded, BatchDecision decision, List<QueueProgress> progress, Instant now) {
        var result = confirmAndAppend(loaded, decision, progress, now);
        if (result instanceof PostingResult.Committed) {
            known.remember(decision.states());
            posted.accept(head.posted(decision));
            return result;
        }
        known.mistrust();
        boolean waited =
                result instanceof PostingResult.TimedOut
                        || (result instanceof PostingResult.Conflict conflict && conflict.isHeld());
        return waited ? endingStalledWriters(result) : result;
    }

    private PostingResult confirmAndAppend(
            LoadedBatch loaded, BatchDecision decision, List<QueueProgress> progress, Instant now) {
        try {
            var unwritten = new HashMap<>(loaded.assumed());
            unwritten.keySet().removeAll(decision.states().keySet());
            if (!unwritten.isEmpty() && !areCurrent(unwritten)) {
                return new PostingResult.Conflict("stale");
            }
        } catch (SQLException | RuntimeException e) {
            return explain(e);
        }
        BatchRows rows;
        try {
            rows = new BatchRows(decision, progress, head, now, guards.key());
        } catch (RuntimeException | Error mistake) {
            return new PostingResult.Refused("preparation", mistake);
        }
        return append(rows, decision.transactions().size(), guards.dates());
    }

    private PostingResult append(BatchRows rows, int transactions, boolean guarded) {
        var writer = new BatchWriter(connection, guarded);
        var result =
                writer.write(rows, transactions, new PostingResult.InDoubtBatch(head, rows.head()));
        roundTrips += writer.roundTrips();
        lastUse = System.nanoTime();
        if (result instanceof PostingResult.Committed) {
            head = rows.head();
        }
        return result;
    }

    private PostingResult endingStalledWriters(PostingResult result) {
        try {
            StalledWriters.end(connection);
            return result;
        } catch (SQLException e) {
            return PostingResult.Lost.by(e);
        }
    }

    /**
     * While there is nothing to post: frees all locks of accounts, keeps the session from being
     * ended by the database, and finds out when it was.
     *
     * @return how the session was lost; empty while it is not
     */
    public Optional<PostingResult.Lost> rest() {
        try {
            locks.unlock();
            if (System.nanoTime() - lastUse > SILENCE_NANOS_MAX) {
                lastUse = System.nanoTime();
                try (var statement = connection.createStatement()) {
                    statement.execute("SELECT 1");
                }
            }
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(PostingResult.Lost.by(e));
        }
    }

    /** How often the lane waited for the database since the batch was begun to load. */
    public int roundTrips() {
        return roundTrips;
    }

    /** Ends the session; the database frees its locks and its claim. */
    @Override
    public void close() {
        close(connection);
    }

    private LoadedBatch load(long[] freed, List<UnitPlan> plans, boolean locked, Care care)
            throws SQLException {
        var loader = new BatchLoader(connection, locks, locked, care, known, plans);
        var loaded = loader.load(freed, lane());
        roundTrips = loader.roundTrips();
        lastUse = System.nanoTime();
        return loaded;
    }

    private boolean areCurrent(Map<UUID, AccountState> states) throws SQLException {
        roundTrips++;
        return AccountRows.load(connection, states.keySet()).equals(states);
    }

    /**
     * Why something could not be read. Where it is the fault of what was to be read, the session
     * goes on: it only has to give back whatever locks it has got.
     */
    private PostingResult.NotLoaded explain(Exception e) {
        var state = e instanceof SQLException sql ? SqlStates.of(sql) : "loading";
        boolean isCompetition = SqlStates.isCompetition(state);
        var lost = PostingResult.Lost.by(e);
        if (!isCompetition && SqlStates.isForEverybody(state)) {
            return lost;
        }
        try {
            locks.unlockAll();
        } catch (SQLException broken) {
            return lost;
        }
        if (SqlStates.isTooSlow(state)) {
            return new PostingResult.TimedOut(state, e);
        }
        return isCompetition
                ? new PostingResult.Conflict(state)
                : new PostingResult.Refused(state, e);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyBroken) {
            return; // The session is over either way.
        }
    }
}
