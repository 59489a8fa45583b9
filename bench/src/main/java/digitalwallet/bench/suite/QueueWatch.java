package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/** Reads from the books what a server has done of a backlog in Kafka. Not thread-safe. */
final class QueueWatch implements AutoCloseable {

    private static final int LOOK_EVERY_MILLIS = 100;
    private static final int PATIENCE_MILLIS = 60_000;

    // A backlog makes few rows: a batch has a thousand commands and more.
    private static final String PROCESSED =
            """
            SELECT coalesce(sum(to_offset - from_offset), 0) FROM queue_position
            WHERE topic_id = ?\
            """;

    private static final String EVENT_LAG_MILLIS =
            """
            SELECT coalesce(
                1000 * max(extract(epoch FROM clock_timestamp() - b.created_at)), 0)::bigint
            FROM generate_series(1, (SELECT max(lane) FROM block)) AS l (lane)
            CROSS JOIN LATERAL (
                SELECT coalesce(max(height), 0) AS height
                FROM published_block p WHERE p.lane = l.lane) AS p
            JOIN block b ON b.lane = l.lane AND b.height = p.height + 1\
            """;

    private final Connection connection;
    private final PreparedStatement processed;
    private final PreparedStatement eventLag;

    /**
     * What a backlog took.
     *
     * @param perSecond commands
     * @param eventLag milliseconds since the oldest block that had no events yet was posted, looked
     *     at again and again
     */
    record Drained(double perSecond, double seconds, Histogram eventLag) {}

    private QueueWatch(Connection connection, UUID topicId) throws SQLException {
        this.connection = connection;
        processed = connection.prepareStatement(PROCESSED);
        processed.setObject(1, topicId);
        eventLag = connection.prepareStatement(EVENT_LAG_MILLIS);
    }

    static QueueWatch of(Books books, UUID topicId) throws SQLException {
        return new QueueWatch(books.superuser(), topicId);
    }

    /** Watches the events alone, without commands from the queue. */
    static QueueWatch ofEvents(Books books) throws SQLException {
        return of(books, new UUID(0, 0));
    }

    private long processed() throws SQLException {
        return number(processed);
    }

    /**
     * Milliseconds since the oldest block that has no events yet was posted; 0 when there is none.
     */
    private long eventLagMillis() throws SQLException {
        return number(eventLag);
    }

    private static long number(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** From now until the server has processed so many messages in all. */
    Drained drained(long messages) throws Exception {
        var lag = new Histogram(3);
        long first = processed();
        long begin = System.nanoTime();
        long done = first;
        for (int still = 0; done < messages; ) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            long before = done;
            done = processed();
            lag.recordValue(eventLagMillis());
            still = done == before ? still + LOOK_EVERY_MILLIS : 0;
            if (still > PATIENCE_MILLIS) {
                throw new IllegalStateException(
                        "of %d messages %d were processed".formatted(messages, done));
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Drained((done - first) / seconds, seconds, lag);
    }

    /** Waits until no block is without its events. */
    void awaitEvents() throws Exception {
        for (int waited = 0; eventLagMillis() > 0; waited += LOOK_EVERY_MILLIS) {
            if (waited > PATIENCE_MILLIS) {
                throw new IllegalStateException("the events are not published");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
