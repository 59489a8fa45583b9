package digitalwallet.bench;

import java.util.ArrayList;
import java.util.List;

/** Uniform transfers in process, beside the limit and the naive design. */
final class EngineBench implements Benchmark {

    private static final int WALLETS = 100_000;
    private static final int NAIVE_CONNECTIONS = 8;

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String description() {
        return "uniform transfers between 100,000 wallets, in process";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var results = new ArrayList<Result>();
        var books = Books.withWallets(run.postgres(), WALLETS);
        var naive = new NaiveDesign(books, books.address().url(), WALLETS);
        naive.prepare();
        double naiveRate = naive.run(NAIVE_CONNECTIONS, 1, run.seconds());
        run.say("engine: naive design %.0f/s".formatted(naiveRate));
        for (int lanes = 1; lanes <= 2; lanes++) {
            measure(run, books, lanes, naiveRate, results);
        }
        books.drop();
        return results;
    }

    private static void measure(
            BenchRun run, Books books, int lanes, double naiveRate, List<Result> results)
            throws Exception {
        var rates = new double[run.pairs()];
        var ratios = new double[run.pairs()];
        var load = new TransferLoad(WALLETS, 0);
        var limit = new CopyLimit(books, WALLETS);
        for (int pair = 0; pair < run.pairs(); pair++) {
            int warmUp = pair == 0 ? 4 : 1;
            try (var engine = books.engine(lanes)) {
                var ours =
                        Measured.of(
                                run.postgres(),
                                warmUp + run.seconds(),
                                () -> load.run(engine, warmUp, run.seconds()));
                var theirs =
                        Measured.of(
                                run.postgres(),
                                1 + run.seconds(),
                                () -> limit.run(lanes, 1, run.seconds()));
                rates[pair] = ours.perSecond();
                ratios[pair] = ours.perSecond() / theirs.perSecond();
                run.say(
                        "engine: %d lane(s) %s; limit %s; ratio %.2f"
                                .formatted(lanes, ours, theirs, ratios[pair]));
            }
        }
        var what = "transfers, %d lane%s".formatted(lanes, lanes == 1 ? "" : "s");
        double rate = Median.of(rates);
        results.add(
                Result.atLeast(
                        "engine",
                        what,
                        rate,
                        "/s",
                        "COPY of the same rows",
                        Median.of(ratios),
                        0.6));
        results.add(
                Result.atLeast("engine", what, rate, "/s", "naive design", rate / naiveRate, 12));
    }
}
