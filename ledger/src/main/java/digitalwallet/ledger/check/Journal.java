package digitalwallet.ledger.check;

import digitalwallet.ledger.check.VerifiedHeads.Head;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All lanes' blocks, or those above the verified heads, cut into ranges that fit into memory. */
final class Journal {

    /** About so many transactions and blocks together are examined at once. */
    private static final int RANGE_SIZE = 20_000;

    // A range ends where a lane's latest verified head is, so that its totals can be compared.
    private static final String RANGES =
            """
            SELECT lane, min(height), max(height)
            FROM (SELECT b.lane, b.height, b.height <= h.height AS verified,
                         sum(b.transactions + 1) OVER (PARTITION BY b.lane ORDER BY b.height)
                             / %d AS part
                  FROM block b
                  LEFT JOIN LATERAL (SELECT height FROM verified_head v WHERE v.lane = b.lane
                                     ORDER BY height DESC LIMIT 1) h ON true
                  WHERE ? OR b.height > coalesce(h.height, 0)) parts
            GROUP BY lane, coalesce(verified, false), part
            ORDER BY lane, min(height)\
            """
                    .formatted(RANGE_SIZE);
    private static final String HASH = "SELECT hash FROM block WHERE lane = ? AND height = ?";
    // Each row is found by its key: a range is small beside the books.
    private static final String BY_KEYS =
            "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";
    private static final String BY_ANY_PLAN =
            "SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on";

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

    /** What is to be examined: everything, or what is new. */
    static Journal of(Connection connection, boolean full, Findings findings) throws SQLException {
        var heads = VerifiedHeads.read(connection);
        VerifiedHeads.examine(connection, full, findings);
        findings.examined(Rule.VERIFIED_BLOCKS_STAND, heads.size());
        var ranges = new ArrayList<JournalRange>();
        var reached = new HashMap<Integer, Long>();
        if (!full) {
            heads.forEach((lane, head) -> reached.put(lane, head.height()));
        }
        try (var statement = connection.prepareStatement(RANGES)) {
            statement.setBoolean(1, full);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    int lane = rows.getInt(1);
                    long to = rows.getLong(3);
                    ranges.add(new JournalRange(lane, reached.getOrDefault(lane, 0L) + 1, to));
                    reached.put(lane, to);
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
        var check = new JournalCheck(connection, range, before, findings, !full);
        var totals = check.run();
        done.put(range, new Head(range.lane(), range.to(), check.lastHash(), totals));
        Snapshot.execute(connection, BY_ANY_PLAN);
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
