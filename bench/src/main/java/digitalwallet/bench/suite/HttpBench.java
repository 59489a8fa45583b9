package digitalwallet.bench.suite;

import digitalwallet.bench.load.ConstantTraffic;
import digitalwallet.bench.load.Served;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Pairs;
import digitalwallet.bench.measure.Result;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** One transfer in each request, beside a constant answer to the same request. */
final class HttpBench implements Benchmark {

    private static final int CONNECTIONS = 256;
    private static final int WARM_UP_SECONDS = 40;
    private static final double BAR = 0.6;
    private static final double P99_MILLIS_MAX = 25;
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String description() {
        return "one transfer per request, %d connections".formatted(CONNECTIONS);
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var results = new ArrayList<Result>();
        try (var served = Served.start(run, CONNECTIONS)) {
            var transfers = served.transfers();
            var constant = new ConstantTraffic(served.requests(), Served.WALLETS);
            var pairs =
                    Pairs.of(
                            run,
                            "http",
                            WARM_UP_SECONDS,
                            warmUp -> served.peak(run, transfers, warmUp),
                            warmUp -> served.peak(run, constant, warmUp));
            results.add(pairs.atLeast("http", "transfers, closed loop", "constant answer", BAR));
            results.add(pairs.comparison("http", "constant answers, closed loop"));
            double rate = pairs.ours().perSecond() / 2;
            var latencies = served.load().steady(transfers, rate, 2, run.pairs() * run.seconds());
            addLatencies(results, latencies, rate);
            served.books().verify();
        }
        return results;
    }

    private static void addLatencies(List<Result> results, Histogram latencies, double rate) {
        var path = ", open loop at %,.0f/s".formatted(rate);
        results.add(Result.plain("http", "p50" + path, millis(latencies, 50), "ms"));
        results.add(
                Result.limit("http", "p99" + path, millis(latencies, 99), "ms", P99_MILLIS_MAX));
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
