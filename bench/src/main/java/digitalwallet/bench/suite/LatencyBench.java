package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import digitalwallet.bench.load.DelayProxy;
import digitalwallet.bench.load.TransferLoad;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Median;
import digitalwallet.bench.measure.Result;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.lane.PostingEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One command at a time, beside the naive design on the same path: to the database directly, and
 * over a network that takes a millisecond there and back.
 */
final class LatencyBench implements Benchmark {

    private static final int WALLETS = 10_000;
    private static final Duration DELAY = Duration.ofNanos(500_000);
    private static final double BAR = 1.5;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "one command at a time, directly and over a slow network";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var results = new ArrayList<Result>();
        var books = Books.withWallets(run.postgres(), WALLETS);
        new NaiveDesign(books, books.address().url(), WALLETS).prepare();
        measure(run, books, books.address(), "directly", results);
        try (var proxy = DelayProxy.to(run.postgres().port(), DELAY)) {
            measure(run, books, books.addressThrough(proxy.port()), "0.5 ms each way", results);
        }
        books.verify();
        books.drop();
        return results;
    }

    private static void measure(
            BenchRun run, Books books, DatabaseAddress address, String path, List<Result> results)
            throws Exception {
        var naive = new NaiveDesign(books, address.url(), WALLETS);
        var load = new TransferLoad(books, WALLETS, 0);
        var p50 = new double[run.pairs()];
        var ratios = new double[run.pairs()];
        var all = histogram();
        double tripsBefore;
        double trips;
        try (var engine = books.engine(1, address);
                var connection = naive.connect()) {
            warmUp(run, () -> post(books, engine, load), () -> naive.transfer(connection));
            var summary = books.registry().get("wallet_lane_round_trips").summary();
            tripsBefore = summary.totalAmount();
            long batchesBefore = summary.count();
            for (int pair = 0; pair < run.pairs(); pair++) {
                var ours = timed(run.seconds(), () -> post(books, engine, load));
                var theirs = timed(run.seconds(), () -> naive.transfer(connection));
                all.add(ours);
                p50[pair] = millis(ours, 50);
                ratios[pair] = p50[pair] / millis(theirs, 50);
                run.say("latency: " + path + " " + shown(ours) + "; naive " + shown(theirs));
            }
            trips = (summary.totalAmount() - tripsBefore) / (summary.count() - batchesBefore);
        }
        var ratio = Median.of(ratios);
        results.add(
                Result.atMost(
                        "latency",
                        "p50, " + path,
                        Median.of(p50),
                        "ms",
                        "naive design",
                        ratio,
                        BAR));
        results.add(Result.plain("latency", "p99, " + path, millis(all, 99), "ms"));
        results.add(
                Result.plain("latency", "round trips of a lone command, " + path, trips, "trips"));
    }

    private static String shown(Histogram latencies) {
        return "p50 %.2f ms p99 %.2f ms".formatted(millis(latencies, 50), millis(latencies, 99));
    }

    private interface Operation {
        void run() throws Exception;
    }

    private static void warmUp(BenchRun run, Operation ours, Operation theirs) throws Exception {
        timed(run.seconds(), ours);
        timed(2, theirs);
    }

    /** Does it again and again, one after the other, and says how long each took. */
    private static Histogram timed(int seconds, Operation operation) throws Exception {
        var histogram = histogram();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            operation.run();
            histogram.recordValue(System.nanoTime() - start);
        }
        return histogram;
    }

    private static void post(Books books, PostingEngine engine, TransferLoad load) {
        var outcome = engine.submit(load.next()).join();
        if (!(outcome instanceof Outcome.Posted)) {
            throw new IllegalStateException("not posted: " + outcome);
        }
        books.accepted(1);
    }

    private static Histogram histogram() {
        return new Histogram(3);
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
