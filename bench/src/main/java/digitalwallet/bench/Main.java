package digitalwallet.bench;

import java.util.List;

/** The benchmarks' command line. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        try (var run = BenchRun.start(false)) {
            for (var bench : List.of(new EngineBench())) {
                bench.run(run).forEach(System.out::println);
            }
        }
    }
}
