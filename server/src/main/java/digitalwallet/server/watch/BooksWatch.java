package digitalwallet.server.watch;

import digitalwallet.ledger.check.BooksCheck;
import digitalwallet.ledger.check.CheckReport;
import digitalwallet.ledger.check.Pace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the books, one check at a time, and remembers the latest result for the gauges. No gauge
 * says that the books are right on the word of a check that is long ago, or when the latest one
 * could not be made.
 */
public final class BooksWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BooksWatch.class);
    private static final double UNKNOWN = Double.NaN;
    private static final int INTERVALS_MAX = 10;
    private static final Duration OVERDUE_MIN = Duration.ofMinutes(10);

    private final BooksCheck check;
    private final InstantSource clock;
    private final Duration overdueAfter;
    private final Counter failures;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable CheckReport last;
    private volatile boolean lastFailed;
    // When the last report was made; says nothing while there is none.
    private volatile long checkedNanos;

    /**
     * A watch whose gauges are in this registry.
     *
     * @param interval how often the books are to be checked
     */
    public BooksWatch(
            BooksCheck check, InstantSource clock, Duration interval, MeterRegistry registry) {
        this.check = check;
        this.clock = clock;
        var some = interval.multipliedBy(INTERVALS_MAX);
        overdueAfter = some.compareTo(OVERDUE_MIN) < 0 ? OVERDUE_MIN : some;
        failures =
                Counter.builder("wallet_books_check_failures")
                        .description("Checks of the books that could not be made")
                        .register(registry);
        Gauge.builder("wallet_books_consistent", this, BooksWatch::consistent)
                .description(
                        "1 when the last check found the books right, 0 when it did not, NaN when"
                                + " it failed or is overdue")
                .strongReference(true)
                .register(registry);
        Gauge.builder("wallet_books_check_age_seconds", this, BooksWatch::checkAge)
                .description("How long ago a check was made, NaN when this server made none yet")
                .strongReference(true)
                .register(registry);
        Gauge.builder("wallet_books_full_check_age_seconds", this, BooksWatch::fullCheckAge)
                .description("How long ago all the books were checked")
                .strongReference(true)
                .register(registry);
    }

    /** Checks what is new since the last check. */
    public CheckReport incremental() {
        return run(check::incremental);
    }

    /** The same in the background: spread over this time, unless somebody waits for the result. */
    public CheckReport inPassing(Duration over) {
        return run(() -> check.incremental(Pace.over(over, oneAtATime::hasQueuedThreads)));
    }

    /** Checks everything. */
    public CheckReport full() {
        return run(check::full);
    }

    private CheckReport run(Supplier<CheckReport> examination) {
        oneAtATime.lock();
        try {
            var report = examine(examination);
            if (!report.consistent()) {
                LOG.error("THE BOOKS ARE NOT CONSISTENT: {}", report.firstViolation());
            }
            return report;
        } finally {
            oneAtATime.unlock();
        }
    }

    private CheckReport examine(Supplier<CheckReport> examination) {
        try {
            var report = examination.get();
            checkedNanos = System.nanoTime();
            last = report;
            lastFailed = false;
            return report;
        } catch (RuntimeException e) {
            lastFailed = true;
            failures.increment();
            throw e;
        }
    }

    /** What was found stays found, whatever fails afterwards. */
    private double consistent() {
        var report = last;
        if (report == null) {
            return UNKNOWN;
        }
        if (!report.consistent()) {
            return 0;
        }
        return lastFailed || age().compareTo(overdueAfter) > 0 ? UNKNOWN : 1;
    }

    private double checkAge() {
        return last == null ? UNKNOWN : age().toSeconds();
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - checkedNanos);
    }

    private double fullCheckAge() {
        var report = last;
        var full = report == null ? null : report.lastFullCheck();
        return full == null ? UNKNOWN : secondsSince(full.checkedAt());
    }

    private double secondsSince(Instant time) {
        return Duration.between(time, clock.instant()).toMillis() / 1_000.0;
    }
}
