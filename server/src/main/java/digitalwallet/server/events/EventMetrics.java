package digitalwallet.server.events;

import digitalwallet.ledger.publishing.Backlog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

/** The relay's metrics. */
final class EventMetrics {

    private final InstantSource clock;
    private final Counter published;
    private final Counter readBack;
    private final Counter failures;
    private volatile Backlog backlog = Backlog.NONE;
    private volatile boolean publisher;

    EventMetrics(InstantSource clock, MeterRegistry registry) {
        this.clock = clock;
        gauge(
                registry,
                "publisher",
                "1 in the instance that publishes",
                each -> each.publisher ? 1 : 0);
        gauge(
                registry,
                "lag_transactions",
                "Transactions in the books that are not published",
                each -> each.backlog.transactions());
        gauge(
                registry,
                "lag_blocks",
                "Blocks in the books that are not published",
                each -> each.backlog.blocks());
        gauge(
                registry,
                "lag_seconds",
                "Age of the oldest block that is not published",
                EventMetrics::lagSeconds);
        published =
                Counter.builder("wallet_events_published")
                        .description("Events that Kafka acknowledged")
                        .register(registry);
        readBack =
                Counter.builder("wallet_events_read_back")
                        .description("Transactions read from the books to be published")
                        .register(registry);
        failures =
                Counter.builder("wallet_events_failures")
                        .description("Times the relay had to begin anew")
                        .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<EventMetrics> value) {
        Gauge.builder("wallet_events_" + name, this, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    void publisher(boolean is) {
        publisher = is;
    }

    void backlog(Backlog seen) {
        backlog = seen;
    }

    void published(int events) {
        published.increment(events);
    }

    void readBack(int transactions) {
        readBack.increment(transactions);
    }

    void failed() {
        failures.increment();
    }

    private double lagSeconds() {
        var oldest = backlog.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1_000.0);
    }
}
