package digitalwallet.process.clock;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the database, which all processes on it share: asked of it at the start and every few
 * seconds, and counted on from there by the machine's steady counter. So a step of the machine's
 * own clock changes nothing here, and is known at once.
 */
public final class DatabaseClock implements InstantSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final String TIME = "SELECT clock_timestamp()";
    private static final int SAMPLES = 5;
    private static final long INTERVAL_SECONDS = 5;
    private static final int ANSWER_SECONDS_MAX = 5;

    /** Beyond this the machine's clock is worth a warning. */
    private static final Duration SUSPECT = Duration.ofSeconds(1);

    /** Beyond this nothing is served: tokens, for one, would be judged by a wrong time. */
    private static final Duration WRONG = Duration.ofSeconds(60);

    private final InstantSource own;
    private final DataSource database;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("clock").daemon().factory());
    private volatile Reading reading;
    private boolean warned;

    /**
     * What the database said.
     *
     * @param nanos of the steady counter when it was that time, give or take
     * @param errorNanos how much
     */
    private record Reading(Instant time, long nanos, long errorNanos) {

        Instant now() {
            return time.plusNanos(System.nanoTime() - nanos);
        }
    }

    private DatabaseClock(InstantSource own, DataSource database) throws SQLException {
        this.own = own;
        this.database = database;
        reading = read();
    }

    /**
     * Asks the database once, and then regularly.
     *
     * @param own the machine's clock, which is compared
     * @param prefix of the metric: the process's
     * @throws SQLException when the database cannot be asked now
     */
    public static DatabaseClock start(
            InstantSource own, DataSource database, String prefix, MeterRegistry registry)
            throws SQLException {
        var clock = new DatabaseClock(own, database);
        Gauge.builder(prefix + "_clock_offset_seconds", clock, c -> c.offset().toNanos() / 1e9)
                .description("How far this machine's clock is ahead of the database's")
                .strongReference(true)
                .register(registry);
        clock.warn();
        var _ =
                clock.executor.scheduleWithFixedDelay(
                        clock::measure, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        return clock;
    }

    /** The database's time, to within a few milliseconds. */
    @Override
    public Instant instant() {
        return reading.now();
    }

    /** How far the machine's own clock is ahead of the database's now; negative when behind. */
    public Duration offset() {
        return Duration.between(instant(), own.instant());
    }

    /** Why nothing can be served by a machine with this clock; null when it can. */
    public @Nullable String fault() {
        var offset = offset();
        return offset.abs().compareTo(WRONG) <= 0
                ? null
                : "the clock of this instance differs from the database's by %d seconds"
                        .formatted(offset.abs().toSeconds());
    }

    /** Asks no more. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void measure() {
        try {
            var next = read();
            long difference = Math.abs(Duration.between(reading.now(), next.now()).toNanos());
            // Within the error of what was just read, the reading before is as good.
            if (difference > next.errorNanos()) {
                reading = next;
            }
            warn();
        } catch (SQLException | RuntimeException e) {
            // Whoever needs the database says that it is away; the counter goes on.
            LOG.debug("the database's clock cannot be read now", e);
        }
    }

    /** The quickest of a few answers says it best. */
    private Reading read() throws SQLException {
        try (var connection = database.getConnection()) {
            var best = ask(connection);
            for (int i = 1; i < SAMPLES; i++) {
                var next = ask(connection);
                best = next.errorNanos() < best.errorNanos() ? next : best;
            }
            return best;
        }
    }

    private static Reading ask(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(ANSWER_SECONDS_MAX);
            long asked = System.nanoTime();
            try (var rows = statement.executeQuery(TIME)) {
                rows.next();
                long answered = System.nanoTime();
                long half = (answered - asked) / 2;
                return new Reading(
                        rows.getObject(1, OffsetDateTime.class).toInstant(), asked + half, half);
            }
        }
    }

    private void warn() {
        var offset = offset();
        boolean suspect = offset.abs().compareTo(SUSPECT) > 0;
        if (suspect && !warned) {
            LOG.warn(
                    "the clock of this machine differs from the database's by {} ms; beyond {} s"
                            + " nothing is served: let both follow a time server",
                    offset.toMillis(),
                    WRONG.toSeconds());
        } else if (!suspect && warned) {
            LOG.info("the clock of this machine agrees with the database's again");
        }
        warned = suspect;
    }
}
