package digitalwallet.bench.suite;

import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Result;
import java.util.List;

/** One benchmark: measures, compares in the same run, and checks the books afterwards. */
public interface Benchmark {

    /** The name on the command line. */
    String name();

    /** One line about what it measures. */
    String description();

    /** Runs it. */
    List<Result> run(BenchRun run) throws Exception;
}
