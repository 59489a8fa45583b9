package digitalwallet.bench.suite;

import digitalwallet.bench.load.MixedTraffic;
import digitalwallet.bench.load.Served;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Pairs;
import digitalwallet.bench.measure.Result;
import java.util.List;

/** The mixed requests of a shop's day, beside transfers alone. */
final class MixedBench implements Benchmark {

    private static final int CONNECTIONS = 128;
    private static final int WARM_UP_SECONDS = 40;

    @Override
    public String name() {
        return "mixed";
    }

    @Override
    public String description() {
        return "deposits, purchases, transfers, withdrawals and refunds over HTTP";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        try (var served = Served.start(run, CONNECTIONS)) {
            var mixed = new MixedTraffic(served.requests(), served.books(), Served.WALLETS);
            var transfers = served.transfers();
            var pairs =
                    Pairs.of(
                            run,
                            "mixed",
                            WARM_UP_SECONDS,
                            warmUp -> served.peak(run, mixed, warmUp),
                            warmUp -> served.peak(run, transfers, warmUp));
            served.books().verify();
            return List.of(
                    pairs.atLeast("mixed", "requests", "transfers over HTTP", 0.85),
                    pairs.comparison("mixed", "transfers"));
        }
    }
}
