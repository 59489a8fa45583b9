package digitalwallet.bench.suite;

import digitalwallet.bench.load.LocalTraffic;
import digitalwallet.bench.load.Traffic;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Measured;
import digitalwallet.bench.measure.Pairs;
import digitalwallet.bench.measure.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Everything that {@code ./wallet up} starts, beside the server and its database alone. */
final class WholeBench implements Benchmark {

    /** The compiler needs so long before the figures hold. */
    private static final int WARM_UP_SECONDS = 60;

    private static final int BATCH_CONNECTIONS = 8;
    private static final List<Integer> CONNECTIONS = List.of(64, 256);
    private static final double BAR = 0.85;

    /** Both sides of a pair. */
    private record Sides(LocalTraffic whole, LocalTraffic alone) {

        Pairs pairs(
                BenchRun run, String what, Function<LocalTraffic, Traffic> traffic, int connections)
                throws Exception {
            return Pairs.of(
                    run,
                    what,
                    WARM_UP_SECONDS,
                    warmUp -> peak(run, whole, traffic, connections, warmUp),
                    warmUp -> peak(run, alone, traffic, connections, warmUp));
        }

        private static Measured peak(
                BenchRun run,
                LocalTraffic side,
                Function<LocalTraffic, Traffic> traffic,
                int connections,
                int warmUp)
                throws Exception {
            return side.peak(run, traffic.apply(side), connections, warmUp);
        }
    }

    @Override
    public String name() {
        return "whole";
    }

    @Override
    public String description() {
        return "transfers over HTTP with all that ./wallet up starts";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var results = new ArrayList<Result>();
        try (var whole = LocalTraffic.up();
                var alone = LocalTraffic.up("--without-kafka")) {
            var sides = new Sides(whole, alone);
            for (int connections : CONNECTIONS) {
                add(
                        results,
                        "transfers, %d connections".formatted(connections),
                        sides.pairs(run, "whole", LocalTraffic::transfers, connections));
            }
            add(
                    results,
                    "transfers, 100 a request, %d connections".formatted(BATCH_CONNECTIONS),
                    sides.pairs(run, "whole", LocalTraffic::batches, BATCH_CONNECTIONS));
            whole.verify();
            alone.verify();
        }
        return results;
    }

    private static void add(List<Result> results, String what, Pairs pairs) {
        results.add(pairs.atLeast("whole", what, "without Kafka and payments", BAR));
        results.add(pairs.comparison("whole", what + ", without"));
    }
}
