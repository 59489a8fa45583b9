package digitalwallet.server.watch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes idempotency keys that are older than they need to be, by the database's time, by which
 * lanes date them. It walks along the keys in small pieces, so that it locks little and needs no
 * index of its own, and rests after each as long as it took.
 */
public final class KeySweep {

    private static final Logger LOG = LoggerFactory.getLogger(KeySweep.class);
    private static final UUID FIRST = new UUID(0, 0);
    private static final int KEYS_PER_PIECE = 5_000;
    private static final long REST_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

    private static final String SWEEP =
            """
            WITH examined AS MATERIALIZED (
                SELECT key, created_at FROM idempotency WHERE key > ? ORDER BY key LIMIT ?),
            deleted AS (
                DELETE FROM idempotency
                WHERE key IN (SELECT key FROM examined
                              WHERE created_at < now() - ? * interval '1 second')
                RETURNING 1)
            SELECT (SELECT key FROM examined ORDER BY key DESC LIMIT 1),
                   (SELECT count(*) FROM deleted)\
            """;

    private final DataSource dataSource;
    private final Duration kept;

    /**
     * A sweep.
     *
     * @param kept how long keys are kept
     */
    public KeySweep(DataSource dataSource, Duration kept) {
        this.dataSource = dataSource;
        this.kept = kept;
    }

    /**
     * Deletes all keys that have expired.
     *
     * @return how many
     * @throws IllegalStateException when the database fails
     */
    public long run() {
        long deleted = 0;
        try {
            for (var after = FIRST; after != null; ) {
                long begun = System.nanoTime();
                var piece = sweep(after);
                deleted += piece.deleted();
                after = piece.last();
                rest(System.nanoTime() - begun);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the sweep was cut short", e);
        }
        if (deleted > 0) {
            LOG.info("{} expired idempotency keys deleted", deleted);
        }
        return deleted;
    }

    private record Piece(@Nullable UUID last, long deleted) {}

    private static void rest(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(nanos, REST_NANOS_MAX));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the sweep was interrupted", e);
        }
    }

    private Piece sweep(UUID after) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(SWEEP)) {
            statement.setObject(1, after);
            statement.setInt(2, KEYS_PER_PIECE);
            statement.setLong(3, kept.toSeconds());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new Piece(rows.getObject(1, UUID.class), rows.getLong(2));
            }
        }
    }
}
