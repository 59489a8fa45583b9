package digitalwallet.ledger.check;

import digitalwallet.ledger.Digest;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.database.Query;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far each lane is verified, and what was posted up to there. */
final class VerifiedHeads {

    // One look into an index per lane: none of these grows with the books.
    private static final String NEXT_LANE =
            """
            SELECT least((SELECT min(lane) FROM block WHERE lane > ?),
                         (SELECT min(lane) FROM verified_head WHERE lane > ?))\
            """;
    private static final String LATEST =
            """
            SELECT height, hash, total_types, total_currencies, total_counts, total_amounts,
                   verified_at, seal
            FROM verified_head WHERE lane = ? ORDER BY height DESC LIMIT ?\
            """;

    /** So many forged heads of a lane are passed over; behind more, it counts as not verified. */
    private static final int FORGED_MAX = 100;

    private static final String STANDS = "SELECT hash = ? FROM block WHERE lane = ? AND height = ?";
    private static final String FALLEN =
            """
            SELECT v.lane, v.height
            FROM verified_head v LEFT JOIN block b ON b.lane = v.lane AND b.height = v.height
            WHERE b.hash IS DISTINCT FROM v.hash
            ORDER BY v.lane, v.height\
            """;
    private static final String INSERT =
            """
            INSERT INTO verified_head (lane, height, hash, total_types, total_currencies,
                                       total_counts, total_amounts, verified_at, seal)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
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

        private UUID seal(DigestKey key, Instant verifiedAt) {
            var content = new Digest().text("verified_head").number(lane).number(height);
            content.bytes(hash);
            totals.sums()
                    .forEach(
                            (kind, sum) ->
                                    content.number(kind.type())
                                            .text(kind.currency())
                                            .number(sum.count())
                                            .text(sum.amount().toString()));
            return key.seal(content.number(micros(verifiedAt)));
        }
    }

    /** To the microsecond, as the database keeps it. */
    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private VerifiedHeads() {}

    /** Every lane that has blocks or ever was verified. */
    static List<Integer> lanes(Connection connection) throws SQLException {
        var lanes = new ArrayList<Integer>();
        try (var statement = connection.prepareStatement(NEXT_LANE)) {
            int lane = Integer.MIN_VALUE;
            while (true) {
                statement.setInt(1, lane);
                statement.setInt(2, lane);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    lane = rows.getInt(1);
                    if (rows.wasNull()) {
                        return lanes;
                    }
                }
                lanes.add(lane);
            }
        }
    }

    /**
     * The latest head of each of these lanes that a check has sealed. One that has another seal is
     * a violation; one that has none is from before there were seals.
     *
     * @param key null believes everything
     */
    static Map<Integer, Head> read(
            Connection connection, List<Integer> lanes, @Nullable DigestKey key, Findings findings)
            throws SQLException {
        var heads = new HashMap<Integer, Head>();
        try (var statement = connection.prepareStatement(LATEST)) {
            for (int lane : lanes) {
                statement.setInt(1, lane);
                statement.setInt(2, FORGED_MAX);
                try (var rows = statement.executeQuery()) {
                    latest(rows, lane, key, findings).ifPresent(head -> heads.put(head.lane, head));
                }
            }
        }
        return heads;
    }

    private static Optional<Head> latest(
            ResultSet rows, int lane, @Nullable DigestKey key, Findings findings)
            throws SQLException {
        while (rows.next()) {
            var head = new Head(lane, rows.getLong(1), rows.getBytes(2), totals(rows));
            var seal = rows.getObject(8, UUID.class);
            if (key == null || head.seal(key, Query.instant(rows, 7)).equals(seal)) {
                return Optional.of(head);
            }
            if (seal != null) {
                findings.violated(
                        Rule.VERIFIED_BLOCKS_STAND,
                        "no check has noted that block %d/%d is verified"
                                .formatted(lane, head.height));
            }
        }
        return Optional.empty();
    }

    private static Totals totals(ResultSet row) throws SQLException {
        var types = (Short[]) row.getArray(3).getArray();
        var currencies = (String[]) row.getArray(4).getArray();
        var counts = (Long[]) row.getArray(5).getArray();
        var amounts = (BigDecimal[]) row.getArray(6).getArray();
        var totals = new Totals();
        for (int i = 0; i < types.length; i++) {
            totals.add(types[i], currencies[i], counts[i], amounts[i].toBigInteger());
        }
        return totals;
    }

    /** Makes sure that the blocks at these heads are there still. */
    static void examine(Connection connection, Collection<Head> heads, Findings findings)
            throws SQLException {
        try (var statement = connection.prepareStatement(STANDS)) {
            for (var head : heads) {
                statement.setBytes(1, head.hash);
                statement.setInt(2, head.lane);
                statement.setLong(3, head.height);
                try (var rows = statement.executeQuery()) {
                    if (!rows.next() || !rows.getBoolean(1)) {
                        fallen(findings, head.lane, head.height);
                    }
                }
            }
        }
    }

    /** Makes sure that all blocks that ever were a head are there still. */
    static void examineAll(Connection connection, Findings findings) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(FALLEN)) {
            while (rows.next()) {
                fallen(findings, rows.getInt(1), rows.getLong(2));
            }
        }
    }

    private static void fallen(Findings findings, int lane, long height) {
        findings.violated(
                Rule.VERIFIED_BLOCKS_STAND,
                "block %d/%d was verified and is gone or another".formatted(lane, height));
    }

    static void insert(
            Connection connection, Collection<Head> heads, Instant verifiedAt, DigestKey key)
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
                statement.setObject(9, head.seal(key, verifiedAt));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
