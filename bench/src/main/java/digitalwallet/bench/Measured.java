package digitalwallet.bench;

import digitalwallet.local.postgres.LocalPostgres;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * A rate and what it cost.
 *
 * @param clientMicros processor time of this process per operation, in microseconds
 * @param databaseMicros that of PostgreSQL, as far as its processes lived on
 */
record Measured(double perSecond, double clientMicros, double databaseMicros) {

    /** Measures something that takes this many seconds, warm-up included, and returns its rate. */
    static Measured of(LocalPostgres postgres, int seconds, Callable<Double> rate)
            throws Exception {
        var before = CpuTime.now(postgres);
        double perSecond = rate.call();
        var after = CpuTime.now(postgres);
        double operations = perSecond * seconds;
        return new Measured(
                perSecond,
                after.clientMicros(before, operations),
                after.databaseMicros(before, operations));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f/s (CPU %.0f + %.0f µs)",
                perSecond,
                clientMicros,
                databaseMicros);
    }
}
