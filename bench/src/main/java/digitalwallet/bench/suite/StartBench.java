package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import digitalwallet.bench.load.LocalWallet;
import digitalwallet.bench.load.WalletServer;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Median;
import digitalwallet.bench.measure.Result;
import digitalwallet.local.postgres.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** From the command to the first deposit that is on disk and answered. */
final class StartBench implements Benchmark {

    private static final double ALL_SECONDS_MAX = 20;
    private static final double SERVER_SECONDS_MAX = 5;
    private static final int RETRY_MILLIS = 20;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String description() {
        return "from the command to the first durable deposit";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var empty = new double[run.pairs()];
        var used = new double[run.pairs()];
        var server = new double[run.pairs()];
        for (int i = 0; i < run.pairs(); i++) {
            var folder = Files.createTempDirectory("wallet-bench-");
            try {
                empty[i] = up(folder);
                used[i] = up(folder);
            } finally {
                Folders.delete(folder);
            }
            server[i] = serverAlone(run);
            run.say(
                    "start: new folder %.1f s, again %.1f s; server alone %.1f s"
                            .formatted(empty[i], used[i], server[i]));
        }
        return List.of(
                result("./wallet up in a new folder", empty, ALL_SECONDS_MAX),
                result("./wallet up again", used, ALL_SECONDS_MAX),
                result("server alone, new books", server, SERVER_SECONDS_MAX));
    }

    private static Result result(String what, double[] seconds, double bar) {
        return Result.limit("start", what, Median.of(seconds), "s", bar);
    }

    private static double up(Path folder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (var _ = LocalWallet.up(folder)) {
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static double serverAlone(BenchRun run) throws Exception {
        var books = Books.create(run.postgres());
        long start = System.nanoTime();
        try (var server = WalletServer.start(run.postgres(), books)) {
            while (!LocalWallet.isDeposited(server.port(), server.token(0))) {
                Thread.sleep(RETRY_MILLIS);
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            books.drop();
        }
    }
}
