package digitalwallet.server;

import digitalwallet.ledger.check.BooksCheck;
import digitalwallet.ledger.reading.QueuePositions;
import digitalwallet.server.queue.RunningQueue;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.rest.QueueAccess;
import digitalwallet.server.watch.BooksWatch;
import digitalwallet.server.watch.KeySweep;
import digitalwallet.server.watch.Schedule;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** A running server: the books below, the queue and the API above, the metrics beside. */
final class WalletServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WalletServer.class);

    private final Settings settings;
    private final InstantSource clock = InstantSource.system();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    // What runs, the last started first: the order in which it is closed.
    private final Deque<Part> parts = new ArrayDeque<>();

    /** Something that is closed when the server ends. */
    interface Part extends AutoCloseable {
        @Override
        void close();
    }

    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private record Ports(MetricsPort metrics, Api api) {}

    private @Nullable Ports ports;

    private WalletServer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts all of it.
     *
     * @throws InvalidSettingException when it cannot run like this
     */
    static WalletServer start(Settings settings) {
        LOG.info("settings: {}", settings.shown());
        var server = new WalletServer(settings);
        try {
            server.start();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void start() {
        measure();
        var metrics = MetricsPort.open(settings.http(), registry);
        parts.push(metrics::close);
        // First, because Kafka is asked about its topics while the books are opened.
        var messaging = messaging();
        var books = Books.open(settings, registry);
        parts.push(books::close);
        if (messaging != null) {
            // What works with Kafka needs the books until it is closed.
            parts.remove(messaging);
            parts.push(messaging);
            messaging.begin(settings.database(), failure::complete);
        }
        var reader = new CommandReader(books.digestKey(), settings.rest().currency());
        var queue = queue(messaging, books, reader);
        var watch = new BooksWatch(new BooksCheck(books.dataSource()), clock, registry);
        var schedule = schedule(settings.housekeeping(), books, watch);
        parts.push(schedule::close);
        var access = new QueueAccess(queue == null ? null : queue.commands());
        var api = Api.open(settings, new Api.Ground(books, watch, reader, access, registry));
        parts.push(api::close);
        ports = new Ports(metrics, api);
    }

    private void measure() {
        var garbage = new JvmGcMetrics();
        garbage.bindTo(registry);
        parts.push(garbage::close);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Null where there is no Kafka: the wallet is synchronous then. */
    private @Nullable Messaging messaging() {
        var kafka = settings.kafka();
        if (kafka == null) {
            return null;
        }
        var messaging = Messaging.open(kafka, registry);
        parts.push(messaging);
        return messaging;
    }

    private @Nullable RunningQueue queue(
            @Nullable Messaging messaging, Books books, CommandReader reader) {
        if (messaging == null) {
            return null;
        }
        var queue =
                RunningQueue.start(
                        messaging.connection(),
                        messaging.queueKey(),
                        books.engine(),
                        new QueuePositions(books.dataSource()),
                        new RunningQueue.Readers(reader, books.digestKey()),
                        registry,
                        clock);
        parts.push(queue::close);
        return queue;
    }

    private Schedule schedule(Settings.Housekeeping settings, Books books, BooksWatch watch) {
        var sweep = new KeySweep(books.dataSource(), settings.keysKept());
        var spread = settings.checkInterval().dividedBy(2);
        var schedule =
                new Schedule(clock)
                        .every(settings.checkInterval(), "the check", () -> watch.inPassing(spread))
                        .every(settings.sweepInterval(), "the sweep", sweep::run);
        var fullCheckAt = settings.fullCheckAt();
        return fullCheckAt == null
                ? schedule
                : schedule.daily(fullCheckAt, "the full check", watch::full);
    }

    int port() {
        return ports().api().port();
    }

    int managementPort() {
        return ports().metrics().port();
    }

    /** Completes with one sentence when the server finds out later that it must not go on. */
    CompletableFuture<String> failure() {
        return failure;
    }

    ConfigurableApplicationContext context() {
        return ports().api().context();
    }

    private Ports ports() {
        if (ports == null) {
            throw new IllegalStateException("the server has not started");
        }
        return ports;
    }

    /** Stops accepting, lets running requests end, drains the lanes and gives them back. */
    @Override
    public void close() {
        LOG.info("stopping");
        parts.forEach(Part::close);
        parts.clear();
        LOG.info("stopped");
    }
}
