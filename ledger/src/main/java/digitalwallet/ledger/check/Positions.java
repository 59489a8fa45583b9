package digitalwallet.ledger.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * How far queues are processed and blocks are published, beside what can be known of it: stretches
 * follow one another from the first message on, nothing is published that is not there, and neither
 * goes back while somebody watches.
 */
final class Positions {

    // The last two stretches of each partition, found by the key: none of it grows with the table.
    private static final String NEW_STRETCHES =
            """
            WITH RECURSIVE each (topic_id, partition) AS (
                (SELECT topic_id, partition FROM queue_position
                 ORDER BY topic_id, partition LIMIT 1)
                UNION ALL
                SELECT q.topic_id, q.partition FROM each e CROSS JOIN LATERAL (
                    SELECT topic_id, partition FROM queue_position
                    WHERE (topic_id, partition) > (e.topic_id, e.partition)
                    ORDER BY topic_id, partition LIMIT 1) q)
            SELECT concat(e.topic_id, '/', e.partition), last.from_offset, last.to_offset,
                   coalesce(before.to_offset, 0),
                   EXISTS (SELECT FROM queue_topic t WHERE t.topic_id = e.topic_id)
            FROM each e
            CROSS JOIN LATERAL (
                SELECT from_offset, to_offset FROM queue_position q
                WHERE q.topic_id = e.topic_id AND q.partition = e.partition
                ORDER BY from_offset DESC LIMIT 1) last
            LEFT JOIN LATERAL (
                SELECT to_offset FROM queue_position q
                WHERE q.topic_id = e.topic_id AND q.partition = e.partition
                  AND q.from_offset < last.from_offset
                ORDER BY from_offset DESC LIMIT 1) before ON true\
            """;
    private static final String ALL_STRETCHES =
            """
            SELECT concat(topic_id, '/', partition), from_offset, to_offset,
                   coalesce(lag(to_offset) OVER (PARTITION BY topic_id, partition
                                                 ORDER BY from_offset), 0),
                   EXISTS (SELECT FROM queue_topic t WHERE t.topic_id = q.topic_id)
            FROM queue_position q ORDER BY topic_id, partition, from_offset\
            """;
    private static final String PUBLISHED =
            """
            WITH RECURSIVE each (lane) AS (
                (SELECT lane FROM published_block ORDER BY lane LIMIT 1)
                UNION ALL
                SELECT p.lane FROM each e CROSS JOIN LATERAL (
                    SELECT lane FROM published_block
                    WHERE lane > e.lane ORDER BY lane LIMIT 1) p)
            SELECT e.lane, last.height,
                   EXISTS (SELECT FROM block b WHERE b.lane = e.lane AND b.height = last.height)
            FROM each e CROSS JOIN LATERAL (
                SELECT height FROM published_block p WHERE p.lane = e.lane
                ORDER BY height DESC LIMIT 1) last\
            """;

    private static final int ROWS_AT_ONCE = 10_000;

    private final DataSource dataSource;
    private final Map<String, Long> seen = new HashMap<>();

    Positions(DataSource dataSource) {
        this.dataSource = dataSource;
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
                    var partition = rows.getString(1);
                    long from = rows.getLong(2);
                    findings.examined(Rule.QUEUE_POSITIONS_FOLLOW_ONE_ANOTHER, 1);
                    if (from != rows.getLong(4)) {
                        violated(
                                findings,
                                "%s is processed up to offset %d, and then from %d"
                                        .formatted(partition, rows.getLong(4), from));
                    }
                    if (!rows.getBoolean(5)) {
                        violated(findings, "nobody has ever read the topic of " + partition);
                    }
                    reached.put(partition, rows.getLong(3));
                }
            }
        }
        compare("partition ", reached, Rule.QUEUE_POSITIONS_FOLLOW_ONE_ANOTHER, findings);
    }

    private static void violated(Findings findings, String sentence) {
        findings.violated(Rule.QUEUE_POSITIONS_FOLLOW_ONE_ANOTHER, sentence);
    }

    private void published(Connection connection, Findings findings) throws SQLException {
        var reached = new HashMap<String, Long>();
        try (var statement = connection.prepareStatement(PUBLISHED);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                int lane = rows.getInt(1);
                long height = rows.getLong(2);
                findings.examined(Rule.PUBLISHED_BLOCKS_EXIST, 1);
                if (!rows.getBoolean(3)) {
                    findings.violated(
                            Rule.PUBLISHED_BLOCKS_EXIST,
                            "block %d/%d is published and does not exist".formatted(lane, height));
                }
                reached.put(Integer.toString(lane), height);
            }
        }
        compare("lane ", reached, Rule.PUBLISHED_BLOCKS_EXIST, findings);
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
