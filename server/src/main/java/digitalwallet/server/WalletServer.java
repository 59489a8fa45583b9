package digitalwallet.server;

import digitalwallet.ledger.check.BooksCheck;
import digitalwallet.ledger.database.PositionSweep;
import digitalwallet.ledger.reading.QueuePositions;
import digitalwallet.process.MetricsPort;
import digitalwallet.process.Parts;
import digitalwallet.process.WebServer;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.server.queue.RunningQueue;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.rest.QueueAccess;
import digitalwallet.server.rest.StandingStill;
import digitalwallet.server.watch.BooksWatch;
import digitalwallet.server.watch.KeySweep;
import digitalwallet.server.watch.Schedule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** A running server: the books, the queue and the API that stand on them, and the metrics. */
final class WalletServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WalletServer.class);

    private final Settings settings;
    private final InstantSource own;
    private final Parts parts = new Parts();
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private record Ports(MetricsPort metrics, WebServer api) {}

    private @Nullable Ports ports;

    private WalletServer(Settings settings, InstantSource own) {
        this.settings = settings;
        this.own = own;
    }

    /**
     * Starts all of it.
     *
     * @param own the machine's clock
     * @throws InvalidSettingException when it cannot run like this
     */
    static WalletServer start(Settings settings, InstantSource own) {
        LOG.info("settings: {}", settings.shown());
        var server = new WalletServer(settings, own);
        try {
            server.start();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void start() {
        var metrics = parts.add(MetricsPort.open(settings.http()));
        var registry = metrics.registry();
        // First, because Kafka is asked about its topics while the books are opened.
        var messaging = messaging(registry);
        var books = parts.add(Books.open(settings, own, registry));
        if (messaging != null) {
            // What works with Kafka needs the books until it is closed.
            parts.raise(messaging);
            messaging.begin(settings.books(), books, failure::complete);
        }
        var reader =
                new CommandReader(
                        books.digestKey(),
                        settings.rest().currency(),
                        settings.rest().payoutMethods());
        var queue = queue(messaging, books, reader, registry);
        var watch =
                new BooksWatch(
                        new BooksCheck(books.dataSource(), books.digestKey()),
                        books.clock(),
                        settings.housekeeping().checkInterval(),
                        registry);
        schedule(settings.housekeeping(), books, watch, registry);
        var access = new QueueAccess(queue == null ? null : queue.commands());
        var standing = new StandingStill(messaging == null ? () -> null : messaging.age()::fault);
        var api = new Api(books, watch, reader, access, standing, registry);
        ports = new Ports(metrics, parts.add(api.open(settings)));
    }

    /** Null where there is no Kafka: the wallet is synchronous then. */
    private @Nullable Messaging messaging(MeterRegistry registry) {
        var kafka = settings.kafka();
        if (kafka == null) {
            return null;
        }
        return parts.add(Messaging.open(kafka, registry));
    }

    private @Nullable RunningQueue queue(
            @Nullable Messaging messaging,
            Books books,
            CommandReader reader,
            MeterRegistry registry) {
        if (messaging == null) {
            return null;
        }
        return parts.add(
                RunningQueue.start(
                        messaging.connection(),
                        messaging.trust(),
                        books.engine(),
                        new QueuePositions(books.dataSource()),
                        new RunningQueue.Readers(reader, books.digestKey(), messaging.age()),
                        registry,
                        books.clock()));
    }

    /** The sweep may take long, and the checks must not wait for it. */
    private void schedule(
            Settings.Housekeeping settings, Books books, BooksWatch watch, MeterRegistry registry) {
        var sweep = new KeySweep(books.dataSource(), settings.keysKept());
        var positions = new PositionSweep(books.dataSource());
        var swept =
                Counter.builder("wallet_positions_swept")
                        .description("Rows of positions behind the newest that were deleted")
                        .register(registry);
        parts.add(new Schedule("sweep", books.clock()))
                .every(settings.sweepInterval(), "the sweep", sweep::run)
                .every(
                        settings.sweepInterval(),
                        "the sweep of positions",
                        () -> swept.increment((double) positions.run()));
        var spread = settings.checkInterval().dividedBy(2);
        var checks =
                parts.add(new Schedule("watch", books.clock()))
                        .every(
                                settings.checkInterval(),
                                "the check",
                                () -> watch.inPassing(spread));
        var fullCheckAt = settings.fullCheckAt();
        if (fullCheckAt != null) {
            checks.daily(fullCheckAt, "the full check", watch::full);
        }
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
        parts.close();
    }
}
