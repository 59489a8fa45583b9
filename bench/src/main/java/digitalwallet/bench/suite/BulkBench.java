package digitalwallet.bench.suite;

import digitalwallet.bench.load.Served;
import digitalwallet.bench.load.TransferLoad;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Pairs;
import digitalwallet.bench.measure.Result;
import java.util.List;

/** A hundred transfers in each request, beside the engine without HTTP. */
final class BulkBench implements Benchmark {

    private static final int CONNECTIONS = 32;
    private static final int LANES = 2;
    private static final int WARM_UP_SECONDS = 40;
    // Each side has its own, or else each would make stale what the other one remembers.
    private static final int WALLETS = Served.WALLETS / 2;

    @Override
    public String name() {
        return "bulk";
    }

    @Override
    public String description() {
        return "POST /batch with a hundred transfers each";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        try (var served = Served.start(run, CONNECTIONS);
                var engine = served.books().engine(LANES)) {
            var batches = served.batches();
            var direct = new TransferLoad(served.books(), WALLETS, WALLETS, 0);
            var pairs =
                    Pairs.of(
                            run,
                            "bulk",
                            WARM_UP_SECONDS,
                            warmUp -> served.peak(run, batches, warmUp),
                            warmUp -> direct.measure(run, engine, warmUp));
            served.books().verify();
            return List.of(
                    pairs.atLeast("bulk", "transfers, 100 a request", "engine", 0.7),
                    pairs.comparison("bulk", "transfers, engine in process"));
        }
    }
}
