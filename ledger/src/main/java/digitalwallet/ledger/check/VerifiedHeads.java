package digitalwallet.ledger.check;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far each lane is verified, and what was posted up to there. */
final class VerifiedHeads {

    private static final String LATEST =
            """
            SELECT DISTINCT ON (lane) lane, height, hash,
                   total_types, total_currencies, total_counts, total_amounts
            FROM verified_head ORDER BY lane, height DESC\
            """;
    private static final String FALLEN =
            """
            SELECT v.lane, v.height
            FROM verified_head v LEFT JOIN block b ON b.lane = v.lane AND b.height = v.height
            WHERE b.hash IS DISTINCT FROM v.hash
              AND (? OR NOT EXISTS (SELECT FROM verified_head n
                                    WHERE n.lane = v.lane AND n.height > v.height))
            ORDER BY v.lane, v.height\
            """;
    private static final String INSERT =
            """
            INSERT INTO verified_head (lane, height, hash, total_types, total_currencies,
                                       total_counts, total_amounts, verified_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
            """;

    /** The last verified block of a lane, and the lane's totals with it. */
    static final class Head {
        private final int lane;
        private final long height;
        private final byte[] hash;
        private final Totals totals;

        Head(int lane, long height, byte[] hash, Totals totals) {
            this.lane = lane;
            this.height = height;
            this.hash = hash.clone();
            this.totals = totals;
        }

        Head withTotals(Totals others) {
            return new Head(lane, height, hash, others);
        }

        long height() {
            return height;
        }

        Totals totals() {
            return totals;
        }
    }

    private VerifiedHeads() {}

    /** The latest head of each lane. */
    static Map<Integer, Head> read(Connection connection) throws SQLException {
        var heads = new HashMap<Integer, Head>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(LATEST)) {
            while (rows.next()) {
                var totals = new Totals();
                var types = (Short[]) rows.getArray(4).getArray();
                var currencies = (String[]) rows.getArray(5).getArray();
                var counts = (Long[]) rows.getArray(6).getArray();
                var amounts = (BigDecimal[]) rows.getArray(7).getArray();
                for (int i = 0; i < types.length; i++) {
                    totals.add(types[i], currencies[i], counts[i], amounts[i].toBigInteger());
                }
                int lane = rows.getInt(1);
                heads.put(lane, new Head(lane, rows.getLong(2), rows.getBytes(3), totals));
            }
        }
        return heads;
    }

    /**
     * Makes sure that what was verified is there still: the latest heads, or all there ever were.
     */
    static void examine(Connection connection, boolean all, Findings findings) throws SQLException {
        try (var statement = connection.prepareStatement(FALLEN)) {
            statement.setBoolean(1, all);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    findings.violated(
                            Rule.VERIFIED_BLOCKS_STAND,
                            "block %d/%d was verified and is gone or another"
                                    .formatted(rows.getInt(1), rows.getLong(2)));
                }
            }
        }
    }

    static void insert(Connection connection, Collection<Head> heads, Instant verifiedAt)
            throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            for (var head : heads) {
                List<Integer> types = new ArrayList<>();
                List<String> currencies = new ArrayList<>();
                List<Long> counts = new ArrayList<>();
                List<BigDecimal> amounts = new ArrayList<>();
                head.totals
                        .sums()
                        .forEach(
                                (kind, sum) -> {
                                    types.add(kind.type());
                                    currencies.add(kind.currency());
                                    counts.add(sum.count());
                                    amounts.add(new BigDecimal(sum.amount()));
                                });
                statement.setInt(1, head.lane);
                statement.setLong(2, head.height);
                statement.setBytes(3, head.hash);
                statement.setArray(4, connection.createArrayOf("smallint", types.toArray()));
                statement.setArray(5, connection.createArrayOf("text", currencies.toArray()));
                statement.setArray(6, connection.createArrayOf("bigint", counts.toArray()));
                statement.setArray(7, connection.createArrayOf("numeric", amounts.toArray()));
                statement.setObject(8, verifiedAt.atOffset(ZoneOffset.UTC));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
