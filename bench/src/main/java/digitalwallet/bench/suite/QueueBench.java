package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import digitalwallet.bench.load.QueuedCommands;
import digitalwallet.bench.load.TransferLoad;
import digitalwallet.bench.load.WalletServer;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Measured;
import digitalwallet.bench.measure.Result;
import digitalwallet.local.kafka.LocalKafka;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Commands through Kafka: a backlog, posted by a server, beside the engine and the producer. */
final class QueueBench implements Benchmark {

    private static final int WALLETS = 100_000;
    private static final int QUICK_BACKLOG = 300_000;
    private static final int FULL_BACKLOG = 500_000;
    private static final int WARM_UP_SECONDS = 8;
    private static final int STEADY_PER_SECOND = 2_000;
    private static final double BAR = 0.5;
    private static final double EVENT_LAG_SECONDS_MAX = 1;

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public String description() {
        return "transfers through Kafka: a backlog posted, and how long one takes";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var results = new ArrayList<Result>();
        int backlog = run.full() ? FULL_BACKLOG : QUICK_BACKLOG;
        var books = Books.withWallets(run.postgres(), WALLETS);
        try (var kafka = LocalKafka.temporary();
                var commands =
                        new QueuedCommands(
                                books,
                                WALLETS,
                                kafka.bootstrap(),
                                Files.createTempDirectory("producers-"))) {
            commands.createTopics();
            try (var watch = QueueWatch.of(books, commands.topicId())) {
                measure(run, new Queue(books, kafka, commands, watch), backlog, results);
            }
            books.verify();
        }
        books.drop();
        return results;
    }

    /** What commands pass on their way into the books, and what watches them. */
    private record Queue(Books books, LocalKafka kafka, QueuedCommands commands, QueueWatch watch) {

        /**
         * The server checks no books meanwhile, because the engine it is compared with does not
         * either.
         */
        Map<String, String> variables() {
            return Map.of(
                    "WALLET_KAFKA_BOOTSTRAP",
                    kafka.bootstrap(),
                    "WALLET_PRODUCERS_FILE",
                    commands.producersFile().toString(),
                    "WALLET_CHECK_INCREMENTAL_SECONDS",
                    "86400");
        }

        QueueWatch.Drained backlog(int messages) throws Exception {
            commands.send(messages);
            return watch.drained(commands.sent());
        }
    }

    private static void measure(BenchRun run, Queue queue, int backlog, List<Result> results)
            throws Exception {
        double produced = queue.commands().send(backlog);
        run.say("queue: %.0f/s produced".formatted(produced));
        QueueWatch.Drained cold;
        Histogram latencies;
        var warm = new ArrayList<QueueWatch.Drained>();
        try (var _ = WalletServer.start(run.postgres(), queue.books(), queue.variables())) {
            cold = queue.watch().drained(queue.commands().sent());
            queue.watch().awaitEvents();
            latencies =
                    new QueueLatency(queue.commands(), queue.kafka().bootstrap())
                            .measure(STEADY_PER_SECOND, run.pairs() * run.seconds());
            for (int i = 0; i < run.pairs(); i++) {
                warm.add(queue.backlog(backlog));
                run.say("queue: %.0f/s posted".formatted(warm.getLast().perSecond()));
            }
            queue.watch().awaitEvents();
        }
        double engine = engine(run, queue.books());
        double posted = median(warm);
        run.say("queue: engine %.0f/s".formatted(engine));
        results.add(
                Result.atLeast("queue", "transfers", posted, "/s", "engine", posted / engine, BAR));
        results.add(Result.plain("queue", "the same by the producer alone", produced, "/s"));
        results.add(
                Result.plain(
                        "queue",
                        "a backlog of %,d, by a server just started".formatted(backlog),
                        cold.seconds(),
                        "s"));
        addDelays(results, warm, latencies);
    }

    private static double median(List<QueueWatch.Drained> backlogs) {
        var rates = backlogs.stream().map(QueueWatch.Drained::perSecond).sorted().toList();
        return rates.get(rates.size() / 2);
    }

    private static double engine(BenchRun run, Books books) throws Exception {
        try (var direct = books.engine(2)) {
            var load = new TransferLoad(books, WALLETS, 0);
            var measured = new ArrayList<Measured>();
            for (int i = 0; i < run.pairs(); i++) {
                measured.add(load.measure(run, direct, i == 0 ? WARM_UP_SECONDS : 0));
            }
            return Measured.median(measured).perSecond();
        }
    }

    private static void addDelays(
            List<Result> results, List<QueueWatch.Drained> drained, Histogram latencies) {
        var eventLag = new Histogram(3);
        drained.forEach(each -> eventLag.add(each.eventLag()));
        results.add(
                Result.plain(
                        "queue",
                        "event lag while it drains, median",
                        eventLag.getValueAtPercentile(50) / 1e3,
                        "s"));
        results.add(
                Result.limit(
                        "queue",
                        "event lag while it drains, worst",
                        eventLag.getMaxValue() / 1e3,
                        "s",
                        EVENT_LAG_SECONDS_MAX));
        var path = ", from command to event at %,d/s".formatted(STEADY_PER_SECOND);
        results.add(
                Result.plain(
                        "queue", "p50" + path, latencies.getValueAtPercentile(50) / 1e6, "ms"));
        results.add(
                Result.plain(
                        "queue", "p99" + path, latencies.getValueAtPercentile(99) / 1e6, "ms"));
    }
}
