package digitalwallet.bench.suite;

import digitalwallet.bench.load.Served;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Result;
import java.util.List;

/** How much memory the server needs under the highest load, and whether that grows. */
final class MemoryBench implements Benchmark {

    private static final int CONNECTIONS = 256;
    private static final int QUICK_SECONDS = 30;
    private static final int FULL_SECONDS = 600;
    private static final int FIRST_SECONDS = 45;
    private static final double BAR_MEBIBYTES = 512;
    private static final double GROWTH_MAX = 1.1;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "the server's memory at the peak of http, soon and later";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        int seconds = run.full() ? FULL_SECONDS : QUICK_SECONDS;
        try (var served = Served.start(run, CONNECTIONS)) {
            var transfers = served.transfers();
            served.load().peak(transfers, 0, FIRST_SECONDS);
            double first = served.server().residentMebibytes();
            run.say("memory: %.0f MiB".formatted(first));
            served.load().peak(transfers, 0, seconds);
            double later = served.server().residentMebibytes();
            served.books().verify();
            return List.of(
                    Result.limit(
                            "memory",
                            "resident at the peak, after %d s".formatted(FIRST_SECONDS),
                            first,
                            "MiB",
                            BAR_MEBIBYTES),
                    Result.limit(
                            "memory",
                            "resident after %d s more".formatted(seconds),
                            later,
                            "MiB",
                            BAR_MEBIBYTES),
                    Result.atMost(
                            "memory",
                            "growth",
                            later - first,
                            "MiB",
                            "what it was",
                            later / first,
                            GROWTH_MAX));
        }
    }
}
