package digitalwallet.ledger.check;

import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.check.VerifiedHeads.Head;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All lanes' blocks, or those above the verified heads, cut into ranges that fit into memory. */
final class Journal {

    // About so many transactions and blocks together are examined at once: small parts leave room
    // for what runs beside.
    private static final int RANGE_SIZE = 4_000;
    private static final int RANGE_SIZE_FULL = 20_000;

    // A range ends where a lane's latest verified head is, so that its totals can be compared.
    private static final String RANGES =
            """
            SELECT max(height)
            FROM (SELECT height, height <= ? AS verified,
                         sum(transactions + 1) OVER (ORDER BY height) / ? AS part
                  FROM block WHERE lane = ? AND height > ?) parts
            GROUP BY verified, part ORDER BY max(height)\
            """;
    private static final String HASH = "SELECT hash FROM block WHERE lane = ? AND height = ?";
    // Each row is found by its key, a single one and not again: a range is small beside the books.
    private static final String BY_KEYS =
            """
            SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
            SET LOCAL enable_bitmapscan = off; SET LOCAL enable_memoize = off\
            """;
    private static final String BY_ANY_PLAN =
            """
            SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on;
            SET LOCAL enable_bitmapscan = on; SET LOCAL enable_memoize = on\
            """;

    private final List<JournalRange> ranges;
    private final Map<Integer, Head> heads;
    private final boolean full;
    private final Findings findings;
    private final Map<JournalRange, Head> done = new ConcurrentHashMap<>();

    private Journal(
            List<JournalRange> ranges, Map<Integer, Head> heads, boolean full, Findings findings) {
        this.ranges = ranges;
        this.heads = heads;
        this.full = full;
        this.findings = findings;
    }

    /**
     * What is to be examined: everything, or what is new.
     *
     * @param key what the heads are sealed with; null believes them
     */
    static Journal of(
            Connection connection, boolean full, @Nullable DigestKey key, Findings findings)
            throws SQLException {
        var lanes = VerifiedHeads.lanes(connection);
        var heads = VerifiedHeads.read(connection, lanes, key, findings);
        if (full) {
            VerifiedHeads.examineAll(connection, findings);
        } else {
            VerifiedHeads.examine(connection, heads.values(), findings);
        }
        findings.examined(Rule.VERIFIED_BLOCKS_STAND, heads.size());
        var ranges = new ArrayList<JournalRange>();
        try (var statement = connection.prepareStatement(RANGES)) {
            for (int lane : lanes) {
                var head = heads.get(lane);
                long verified = head == null ? 0 : head.height();
                long reached = full ? 0 : verified;
                statement.setLong(1, verified);
                statement.setInt(2, full ? RANGE_SIZE_FULL : RANGE_SIZE);
                statement.setInt(3, lane);
                statement.setLong(4, reached);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ranges.add(new JournalRange(lane, reached + 1, rows.getLong(1)));
                        reached = rows.getLong(1);
                    }
                }
            }
        }
        return new Journal(List.copyOf(ranges), heads, full, findings);
    }

    List<JournalRange> ranges() {
        return ranges;
    }

    /** Examines one range; several may be examined at once, on connections of one snapshot. */
    void examine(Connection connection, JournalRange range) throws SQLException {
        Snapshot.execute(connection, BY_KEYS);
        var before = hash(connection, range.lane(), range.from() - 1);
        var check = new JournalCheck(connection, range, before, findings, isNew(range), !full);
        var totals = check.run();
        done.put(range, new Head(range.lane(), range.to(), check.lastHash(), totals));
        Snapshot.execute(connection, BY_ANY_PLAN);
    }

    /**
     * Whether no check has compared its rows with those before them. Heads are put behind the last
     * one that was compared.
     */
    private boolean isNew(JournalRange range) {
        var head = heads.get(range.lane());
        return head == null || range.from() > head.height();
    }

    /** The heads of all lanes, once every range has been examined. */
    Collection<Head> heads() {
        var reached = new HashMap<Integer, Head>();
        if (!full) {
            reached.putAll(heads);
        }
        for (var range : ranges) {
            var result = done.get(range);
            if (result == null) {
                throw new IllegalStateException("a range has not been examined");
            }
            var totals = new Totals();
            var before = reached.get(range.lane());
            if (before != null) {
                totals.addAll(before.totals());
            }
            totals.addAll(result.totals());
            reached.put(range.lane(), result.withTotals(totals));
            var verified = heads.get(range.lane());
            if (full
                    && verified != null
                    && verified.height() == range.to()
                    && !verified.totals().sums().equals(totals.sums())) {
                findings.violated(
                        Rule.VERIFIED_BLOCKS_STAND,
                        "the verified totals at block %d/%d are not those of its lane"
                                .formatted(range.lane(), range.to()));
            }
        }
        return reached.values();
    }

    private static byte[] hash(Connection connection, int lane, long height) throws SQLException {
        try (var statement = connection.prepareStatement(HASH)) {
            statement.setInt(1, lane);
            statement.setLong(2, height);
            try (var rows = statement.executeQuery()) {
                // Below a lane's first block stand 32 zero bytes.
                return rows.next() ? rows.getBytes(1) : new byte[32];
            }
        }
    }
}
