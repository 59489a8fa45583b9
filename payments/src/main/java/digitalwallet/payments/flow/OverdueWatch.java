package digitalwallet.payments.flow;

import digitalwallet.payments.loop.Loop;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.Outbox;
import digitalwallet.payments.store.Payments;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells somebody when a payment is on its way for too long, and the wallet what it may have lost.
 */
public final class OverdueWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OverdueWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Payments payments;
    private final Outbox outbox;
    private final Duration alertAfter;
    private final InstantSource clock;
    private final AtomicLong overdue = new AtomicLong();
    private final AtomicLong unpublished = new AtomicLong();
    private final Counter toldAgain;
    private final Loop loop;

    private OverdueWatch(
            Database database, FlowSettings settings, InstantSource clock, MeterRegistry registry) {
        this.payments = new Payments(database);
        this.outbox = new Outbox(database);
        this.alertAfter = settings.alertAfter();
        this.clock = clock;
        Gauge.builder("payments_overdue", overdue, AtomicLong::get)
                .description("Payments that have been on their way for too long")
                .register(registry);
        Gauge.builder("payments_outbox_unpublished", unpublished, AtomicLong::get)
                .description("Events that wait for the broker")
                .register(registry);
        this.toldAgain =
                Counter.builder("payments_told_again")
                        .description("Events told again because the wallet did not answer")
                        .register(registry);
        this.loop = Loop.start("overdue-watch", PAUSE, this::round);
    }

    /** Starts. */
    public static OverdueWatch start(
            Database database, FlowSettings settings, InstantSource clock, MeterRegistry registry) {
        return new OverdueWatch(database, settings, clock, registry);
    }

    @Override
    public void close() {
        loop.close();
    }

    private boolean round() {
        var now = clock.instant();
        var before = now.minus(alertAfter);
        for (var payment : payments.claimOverdue(before, now)) {
            LOG.warn(
                    "somebody has to look: {} {} is {} since {}",
                    payment.kind().word(),
                    payment.id(),
                    payment.state().word(),
                    payment.changedAt());
        }
        int again = outbox.tellAgain(now);
        if (again > 0) {
            toldAgain.increment(again);
            LOG.warn("the wallet has not answered {} events for long: they are told again", again);
        }
        overdue.set(payments.countOverdue(before));
        unpublished.set(outbox.count());
        return false;
    }
}
