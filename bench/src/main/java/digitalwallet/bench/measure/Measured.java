package digitalwallet.bench.measure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A rate and what it cost.
 *
 * @param cpu processor time per operation in microseconds, of each process that took part
 */
public record Measured(double perSecond, String cpu) {

    /** Something that does operations, and returns how many of them a second. */
    public interface Work {
        double perSecond() throws Exception;
    }

    /** Measures work in this process that takes this many seconds, warm-up included. */
    public static Measured of(BenchRun run, int seconds, Work work) throws Exception {
        return of(run, Optional.empty(), seconds, work);
    }

    /** The same with a wallet server that takes part. */
    public static Measured of(BenchRun run, Optional<ProcessHandle> server, int seconds, Work work)
            throws Exception {
        return of(() -> CpuTime.now(run.postgres(), server), seconds, work);
    }

    /** The same with what this clock says that was spent. */
    public static Measured of(Supplier<CpuTime> clock, int seconds, Work work) throws Exception {
        var before = clock.get();
        double perSecond = work.perSecond();
        var spent = clock.get().minus(before);
        double operations = perSecond * seconds;
        return new Measured(
                perSecond,
                spent.byProcess().entrySet().stream()
                        .map(each -> each.getKey() + " " + micros(each.getValue(), operations))
                        .collect(Collectors.joining(", ")));
    }

    private static String micros(Duration spent, double operations) {
        return String.format(Locale.ROOT, "%.0f", spent.toNanos() / 1_000.0 / operations);
    }

    /** The one with the middle rate. */
    public static Measured median(List<Measured> all) {
        return all.stream()
                .sorted((a, b) -> Double.compare(a.perSecond, b.perSecond))
                .toList()
                .get(all.size() / 2);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f/s (CPU µs: %s)", perSecond, cpu);
    }
}
