package digitalwallet.server.watch;

import digitalwallet.ledger.check.BooksCheck;
import digitalwallet.ledger.check.CheckReport;
import digitalwallet.ledger.check.Pace;
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

/** Checks the books, one check at a time, and remembers the latest result for the gauges. */
public final class BooksWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BooksWatch.class);
    private static final double UNKNOWN = Double.NaN;

    private final BooksCheck check;
    private final InstantSource clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable CheckReport last;

    /** A watch whose gauges are in this registry. */
    public BooksWatch(BooksCheck check, InstantSource clock, MeterRegistry registry) {
        this.check = check;
        this.clock = clock;
        Gauge.builder("wallet_books_consistent", this, BooksWatch::consistent)
                .description("1 when the last check found the books right, 0 when it did not")
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
            var report = examination.get();
            last = report;
            if (!report.consistent()) {
                LOG.error("THE BOOKS ARE NOT CONSISTENT: {}", report.firstViolation());
            }
            return report;
        } finally {
            oneAtATime.unlock();
        }
    }

    private double consistent() {
        var report = last;
        return report == null ? UNKNOWN : report.consistent() ? 1 : 0;
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
