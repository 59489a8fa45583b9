package digitalwallet.bench.suite;

import java.util.List;

/** All benchmarks, in the order in which they run. */
public final class Suite {

    private Suite() {}

    /** One of each. */
    public static List<Benchmark> all() {
        return List.of(
                new EngineBench(),
                new LatencyBench(),
                new HotBench(),
                new HttpBench(),
                new BulkBench(),
                new MixedBench(),
                new QueueBench(),
                new OutageBench(),
                new WholeBench(),
                new CheckBench(),
                new HistoryBench(),
                new StartBench(),
                new MemoryBench());
    }
}
