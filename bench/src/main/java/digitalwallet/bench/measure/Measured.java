package digitalwallet.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        var before = CpuTime.now(run.postgres(), server);
        double perSecond = work.perSecond();
        var spent = CpuTime.now(run.postgres(), server).minus(before);
        double operations = perSecond * seconds;
        var parts = new ArrayList<String>();
        parts.add("bench " + micros(spent.client(), operations));
        if (server.isPresent()) {
            parts.add("server " + micros(spent.server(), operations));
        }
        parts.add("PostgreSQL " + micros(spent.database(), operations));
        return new Measured(perSecond, String.join(", ", parts));
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
