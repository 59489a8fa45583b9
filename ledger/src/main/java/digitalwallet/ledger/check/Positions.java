package digitalwallet.ledger.check;

import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.database.PublishedBlock;
import digitalwallet.ledger.database.QueueProgress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How far queues are processed and blocks are published, beside what can be known of it: stretches
 * follow one another, each was committed with a block that is there, nothing is published that is
 * not there or that nobody published, and neither goes back while somebody watches.
 */
final class Positions {

    // The last two stretches of each partition, found by the key: none of it grows with the table.
    private static final String NEW_STRETCHES =
            QueueProgress.EACH_PARTITION
                    + """
                    SELECT e.topic_id, e.partition, last.from_offset, last.to_offset, last.seal,
                           b.hash, before.to_offset,
                           EXISTS (SELECT FROM queue_topic t WHERE t.topic_id = e.topic_id)
                    FROM each e
                    CROSS JOIN LATERAL (
                        SELECT from_offset, to_offset, lane, height, seal FROM queue_position q
                        WHERE q.topic_id = e.topic_id AND q.partition = e.partition
                        ORDER BY from_offset DESC LIMIT 1) last
                    LEFT JOIN block b ON b.lane = last.lane AND b.height = last.height
                    LEFT JOIN LATERAL (
                        SELECT to_offset FROM queue_position q
                        WHERE q.topic_id = e.topic_id AND q.partition = e.partition
                          AND q.from_offset < last.from_offset
                        ORDER BY from_offset DESC LIMIT 1) before ON true\
                    """;
    private static final String ALL_STRETCHES =
            """
            SELECT q.topic_id, q.partition, q.from_offset, q.to_offset, q.seal, b.hash,
                   lag(q.to_offset) OVER (PARTITION BY q.topic_id, q.partition
                                          ORDER BY q.from_offset),
                   EXISTS (SELECT FROM queue_topic t WHERE t.topic_id = q.topic_id)
            FROM queue_position q
            LEFT JOIN block b ON b.lane = q.lane AND b.height = q.height
            ORDER BY q.topic_id, q.partition, q.from_offset\
            """;
    private static final String PUBLISHED =
            """
            WITH RECURSIVE each (lane) AS (
                (SELECT lane FROM published_block ORDER BY lane LIMIT 1)
                UNION ALL
                SELECT p.lane FROM each e CROSS JOIN LATERAL (
                    SELECT lane FROM published_block
                    WHERE lane > e.lane ORDER BY lane LIMIT 1) p)
            SELECT e.lane, last.height, last.seal, b.hash,
                   EXISTS (SELECT FROM published_block p WHERE p.lane = e.lane
                           AND p.height < last.height AND p.seal IS NOT NULL)
            FROM each e CROSS JOIN LATERAL (
                SELECT height, seal FROM published_block p WHERE p.lane = e.lane
                ORDER BY height DESC LIMIT 1) last
            LEFT JOIN block b ON b.lane = e.lane AND b.height = last.height\
            """;

    private static final int ROWS_AT_ONCE = 10_000;

    private final DataSource dataSource;
    private final @Nullable DigestKey key;
    private final Map<String, Long> seen = new HashMap<>();

    /**
     * Positions in these books.
     *
     * @param key of the seals; null believes every seal on a block that is there
     */
    Positions(DataSource dataSource, @Nullable DigestKey key) {
        this.dataSource = dataSource;
        this.key = key;
    }

    /**
     * Examines how far everything is: one check at a time, each with what is committed now, so that
     * what was seen before was before.
     *
     * @param all whether to examine every stretch of queues, not only the last
     */
    synchronized void examine(boolean all, Findings findings) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, Snapshot.SILENCE_MILLIS_MAX);
            connection.setAutoCommit(false);
            try {
                stretches(connection, all ? ALL_STRETCHES : NEW_STRETCHES, findings);
                published(connection, findings);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private void stretches(Connection connection, String sql, Findings findings)
            throws SQLException {
        var reached = new HashMap<String, Long>();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var stretch =
                            new QueueProgress(
                                    rows.getObject(1, UUID.class),
                                    rows.getInt(2),
                                    rows.getLong(3),
                                    rows.getLong(4));
                    stretch(stretch, rows, findings);
                    reached.put(name(stretch), stretch.to());
                }
            }
        }
        compare("partition ", reached, Rule.QUEUE_POSITIONS_FOLLOW_ONE_ANOTHER, findings);
    }

    /**
     * The sweep deletes what is behind the newest stretches, so the first that is there may begin
     * anywhere; and it may be one from before there were seals, of which each partition has kept
     * the newest.
     */
    private void stretch(QueueProgress stretch, ResultSet row, Findings findings)
            throws SQLException {
        var seal = row.getObject(5, UUID.class);
        var hash = row.getBytes(6);
        long before = row.getLong(7);
        boolean isFirst = row.wasNull();
        findings.examined(Rule.QUEUE_POSITIONS_FOLLOW_ONE_ANOTHER, 1);
        if (!isFirst && stretch.from() != before) {
            violated(
                    findings,
                    "%s is processed up to offset %d, and then from %d"
                            .formatted(name(stretch), before, stretch.from()));
        }
        boolean isSealed =
                seal != null
                        && hash != null
                        && (key == null || stretch.seal(key, hash).equals(seal));
        if (!isSealed && !(seal == null && isFirst)) {
            violated(
                    findings,
                    "no block in the books processed %s from offset %d up to %d"
                            .formatted(name(stretch), stretch.from(), stretch.to()));
        }
        if (!row.getBoolean(8)) {
            violated(findings, "nobody has ever read the topic of " + name(stretch));
        }
    }

    private static String name(QueueProgress stretch) {
        return stretch.topicId() + "/" + stretch.partition();
    }

    private static void violated(Findings findings, String sentence) {
        findings.violated(Rule.QUEUE_POSITIONS_FOLLOW_ONE_ANOTHER, sentence);
    }

    private void published(Connection connection, Findings findings) throws SQLException {
        var reached = new HashMap<String, Long>();
        try (var statement = connection.prepareStatement(PUBLISHED);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                var block = new PublishedBlock(rows.getInt(1), rows.getLong(2));
                var fault = fault(block, rows);
                findings.examined(Rule.PUBLISHED_BLOCKS_EXIST, 1);
                if (fault != null) {
                    findings.violated(
                            Rule.PUBLISHED_BLOCKS_EXIST,
                            "block %d/%d is published and %s"
                                    .formatted(block.lane(), block.height(), fault));
                }
                reached.put(Integer.toString(block.lane()), block.height());
            }
        }
        compare("lane ", reached, Rule.PUBLISHED_BLOCKS_EXIST, findings);
    }

    private @Nullable String fault(PublishedBlock block, ResultSet row) throws SQLException {
        var seal = row.getObject(3, UUID.class);
        var hash = row.getBytes(4);
        boolean sealedBefore = row.getBoolean(5);
        if (hash == null) {
            return "does not exist";
        }
        boolean isSealed =
                seal == null ? !sealedBefore : key == null || block.seal(key, hash).equals(seal);
        return isSealed ? null : "nobody has noted that it was";
    }

    /** What went back stays reported: it does not come right by itself. */
    private void compare(String what, Map<String, Long> reached, Rule rule, Findings findings) {
        reached.forEach((name, position) -> seen.merge(what + name, position, Math::max));
        seen.forEach(
                (name, before) -> {
                    if (!name.startsWith(what)) {
                        return;
                    }
                    long now = reached.getOrDefault(name.substring(what.length()), 0L);
                    if (now < before) {
                        findings.violated(
                                rule, "%s went back from %d to %d".formatted(name, before, now));
                    }
                });
    }
}
