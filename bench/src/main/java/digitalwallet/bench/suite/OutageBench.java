package digitalwallet.bench.suite;

import digitalwallet.bench.load.Served;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Result;
import digitalwallet.local.kafka.LocalKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Synchronous transfers while Kafka works, and while it is gone. */
final class OutageBench implements Benchmark {

    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_SECONDS = 40;
    private static final int PER_SECOND = 2_000;

    /**
     * As long as from one of the server's checks of the books to the next, so that each has one.
     */
    private static final int SECONDS = 60;

    private static final double BAR = 1.2;

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public String description() {
        return "synchronous transfers at %,d/s with and without Kafka".formatted(PER_SECOND);
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var results = new ArrayList<Result>();
        try (var kafka = LocalKafka.temporary();
                var served = Served.start(run, CONNECTIONS, variables(kafka));
                var watch = QueueWatch.ofEvents(served.books())) {
            served.load().peak(served.transfers(), 0, WARM_UP_SECONDS);
            watch.awaitEvents();
            var before = steady(served);
            kafka.kill();
            var during = steady(served);
            kafka.restart();
            long back = System.nanoTime();
            watch.awaitEvents();
            double caughtUp = (System.nanoTime() - back) / 1e9;
            results.add(Result.plain("outage", "p50 with Kafka", millis(before, 50), "ms"));
            results.add(Result.plain("outage", "p50 without", millis(during, 50), "ms"));
            results.add(Result.plain("outage", "p99 with Kafka", millis(before, 99), "ms"));
            results.add(
                    Result.atMost(
                            "outage",
                            "p99 without",
                            millis(during, 99),
                            "ms",
                            "p99 with Kafka",
                            millis(during, 99) / millis(before, 99),
                            BAR));
            results.add(
                    Result.plain(
                            "outage", "until the events have caught up with it", caughtUp, "s"));
            served.books().verify();
        }
        return results;
    }

    private static Map<String, String> variables(LocalKafka kafka) {
        return Map.of("WALLET_KAFKA_BOOTSTRAP", kafka.bootstrap(), "WALLET_KAFKA_REPLICATION", "1");
    }

    private static Histogram steady(Served served) throws Exception {
        return served.load().steady(served.transfers(), PER_SECOND, 0, SECONDS);
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
