package digitalwallet.ledger.publishing;

import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.database.LaneConnection;
import digitalwallet.ledger.database.PublishedBlock;
import digitalwallet.ledger.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The one connection of an instance that publishes events or stands by to do so. Not thread-safe.
 * Whatever throws an SQLException here leaves the session unusable: close it and open another. A
 * hung process loses its session, and with it the claim, within seconds.
 */
public final class EventSession implements AutoCloseable {

    private static final String APPLICATION_NAME = "wallet-events";

    // Advisory locks of the two-integer form, as the claims of lanes, under a class of their own.
    private static final int CLAIMS = 0x57455654;
    private static final String CLAIM = "SELECT pg_try_advisory_lock(" + CLAIMS + ", 1)";

    private static final String REACHED =
            "SELECT height FROM published_block WHERE lane = ? ORDER BY height DESC LIMIT 1";
    private static final String BEFORE =
            """
            SELECT height FROM block WHERE lane = ? AND height <= ? AND created_at < ?
            ORDER BY height DESC LIMIT 1\
            """;
    private static final String PUBLISHED =
            """
            INSERT INTO published_block (lane, height, published_at, seal) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING\
            """;
    private static final String HASH = "SELECT hash FROM block WHERE lane = ? AND height = ?";

    /** Writes to the log of the database and nowhere else, so that there is something to commit. */
    private static final String MARK = "SELECT pg_logical_emit_message(true, 'wallet', 'events')";

    private final Connection connection;
    private final FreshBlocks fresh;
    private final DigestKey key;
    private final JournalReader journal;
    private final BackwardsComplete complete;
    private Map<Integer, Long> taken = Map.of();
    private Map<Integer, Long> stored = Map.of();

    private EventSession(Connection connection, FreshBlocks fresh, DigestKey key) {
        this.key = key;
        this.connection = connection;
        this.fresh = fresh;
        journal = new JournalReader(connection, fresh);
        complete = new BackwardsComplete(connection);
    }

    /**
     * Connects, without a claim yet.
     *
     * @param fresh what the lanes of this instance posted a moment ago
     * @param key seals how far the events are published
     */
    public static EventSession open(DatabaseAddress address, FreshBlocks fresh, DigestKey key)
            throws SQLException {
        var connection = LaneConnection.open(address, APPLICATION_NAME);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return new EventSession(connection, fresh, key);
    }

    /** Tries to become the one publisher, until the session ends. */
    public boolean claim() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(CLAIM)) {
            rows.next();
            return rows.getBoolean(1);
        } finally {
            connection.commit();
        }
    }

    /** Reads how far the events are published: after a claim, and before {@link #next}. */
    public void resume() throws SQLException {
        stored = reached();
        taken = stored;
        complete.forget();
        connection.commit();
        fresh.wanted(true);
    }

    /**
     * The same, but what was posted since that time is published again: Kafka may have lost it.
     * Consumers drop what they have.
     */
    public void resumeSince(Instant time) throws SQLException {
        resume();
        var again = new HashMap<>(stored);
        try (var statement = connection.prepareStatement(BEFORE)) {
            for (var lane : stored.entrySet()) {
                statement.setInt(1, lane.getKey());
                statement.setLong(2, lane.getValue());
                statement.setObject(3, Query.timestamp(time));
                try (var rows = statement.executeQuery()) {
                    again.put(lane.getKey(), rows.next() ? rows.getLong(1) : 0L);
                }
            }
        }
        taken = Map.copyOf(again);
        connection.commit();
    }

    /** How much is not published, for one who stands by. */
    public Backlog backlog() throws SQLException {
        var backlog = UnpublishedBlocks.read(connection, reached()).backlog();
        connection.commit();
        return backlog;
    }

    /**
     * What to publish next, in one snapshot: what follows that of the call before. All unpublished
     * blocks of a snapshot are complete backwards; when they are too many for one round, so are
     * those that are taken.
     *
     * @param transactionsMax about so many at once, but at least a block
     * @param bytesMax about so many bytes of memory at once, but at least a block of each lane
     */
    public Unpublished next(int transactionsMax, long bytesMax) throws SQLException {
        var blocks = UnpublishedBlocks.read(connection, taken);
        var ends = ends(blocks, transactionsMax, bytesMax);
        boolean all = blocks.areAllWithin(ends);
        var content = journal.read(blocks.upTo(ends));
        if (!all) {
            ends = complete.within(ends, content.transactions());
            if (!goesBeyond(ends)) {
                // The clocks of the machines differ by more than a round.
                ends = blocks.firstOfEach();
                content = journal.read(blocks.upTo(ends));
                ends = complete.within(ends, content.transactions());
            }
        }
        connection.commit();
        var limits = Map.copyOf(ends);
        var transactions = content.transactions();
        if (all) {
            complete.forget();
        } else {
            transactions.removeIf(each -> !each.place().isWithin(limits));
            complete.taken(transactions);
        }
        taken = limits;
        fresh.forget(taken);
        return new Unpublished(transactions, content.readBack(), limits, blocks.backlog(), !all);
    }

    private Map<Integer, Long> ends(UnpublishedBlocks blocks, int transactionsMax, long bytesMax)
            throws SQLException {
        var most = blocks.ends(transactionsMax, Long.MAX_VALUE, _ -> 0);
        var bytes = BlockBytes.of(connection, blocks.upTo(most), fresh);
        return blocks.ends(transactionsMax, bytesMax, bytes::of);
    }

    private boolean goesBeyond(Map<Integer, Long> ends) {
        return ends.entrySet().stream()
                .anyMatch(end -> end.getValue() > taken.getOrDefault(end.getKey(), 0L));
    }

    /**
     * Returns once everything that earlier statements of this session have seen is as durable as
     * the database makes it. What is visible may not be: a commit that was interrupted while it
     * waited for a standby is visible at once. A later commit that waits without a warning proves
     * that the standby has all before it.
     */
    public void awaitDurable() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(MARK);
        }
        connection.clearWarnings();
        connection.commit();
        LaneConnection.refuseWarnings(connection.getWarnings());
    }

    /** Stores that everything up to these ends is published; {@link #next} returned it before. */
    public void published(Map<Integer, Long> ends, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement(PUBLISHED)) {
            for (var end : ends.entrySet()) {
                if (end.getValue() > stored.getOrDefault(end.getKey(), 0L)) {
                    var block = new PublishedBlock(end.getKey(), end.getValue());
                    statement.setInt(1, block.lane());
                    statement.setLong(2, block.height());
                    statement.setObject(3, Query.timestamp(now));
                    statement.setObject(4, block.seal(key, hash(block)));
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
        connection.commit();
        // What is published again is below what is stored.
        var highest = new HashMap<>(stored);
        ends.forEach((lane, height) -> highest.merge(lane, height, Math::max));
        stored = Map.copyOf(highest);
    }

    private byte[] hash(PublishedBlock block) throws SQLException {
        try (var statement = connection.prepareStatement(HASH)) {
            statement.setInt(1, block.lane());
            statement.setLong(2, block.height());
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("a block that was published is gone");
                }
                return rows.getBytes(1);
            }
        }
    }

    private Map<Integer, Long> reached() throws SQLException {
        int lanes;
        try (var statement = connection.prepareStatement(PublishedBlock.LANES);
                var rows = statement.executeQuery()) {
            rows.next();
            lanes = rows.getInt(1);
        }
        var heights = new HashMap<Integer, Long>();
        try (var statement = connection.prepareStatement(REACHED)) {
            for (int lane = 1; lane <= lanes; lane++) {
                statement.setInt(1, lane);
                try (var rows = statement.executeQuery()) {
                    if (rows.next()) {
                        heights.put(lane, rows.getLong(1));
                    }
                }
            }
        }
        return Map.copyOf(heights);
    }

    /** Ends the session; the database frees its claim. */
    @Override
    public void close() {
        fresh.wanted(false);
        try {
            connection.close();
        } catch (SQLException alreadyBroken) {
            // The session is over either way.
            return;
        }
    }
}
