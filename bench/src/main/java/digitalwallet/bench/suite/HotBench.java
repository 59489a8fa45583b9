package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import digitalwallet.bench.load.TransferLoad;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Pairs;
import digitalwallet.bench.measure.Result;
import java.util.List;

/** Four of five transfers go to one account, beside transfers that are spread evenly. */
final class HotBench implements Benchmark {

    private static final int WARM_UP_SECONDS = 12;
    private static final int WALLETS = 100_000;
    private static final int LANES = 2;
    private static final int HOT_PERCENT = 80;

    @Override
    public String name() {
        return "hot";
    }

    @Override
    public String description() {
        return "80 % of the transfers go to one account, in process";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var books = Books.withWallets(run.postgres(), WALLETS);
        try (var engine = books.engine(LANES)) {
            var hot = new TransferLoad(books, WALLETS, HOT_PERCENT);
            var even = new TransferLoad(books, WALLETS, 0);
            var pairs =
                    Pairs.of(
                            run,
                            "hot",
                            WARM_UP_SECONDS,
                            warmUp -> hot.measure(run, engine, warmUp),
                            warmUp -> even.measure(run, engine, warmUp));
            books.verify();
            return List.of(
                    pairs.atLeast("hot", "transfers, 80 % to one account", "uniform", 0.8),
                    pairs.comparison("hot", "transfers, uniform"));
        } finally {
            books.drop();
        }
    }
}
