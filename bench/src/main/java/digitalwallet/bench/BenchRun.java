package digitalwallet.bench;

import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.util.Map;

/**
 * What the benchmarks of one run share.
 *
 * @param pairs how often a measurement and its comparison alternate
 * @param seconds how long each measurement lasts, after as long a warm-up as it needs
 */
record BenchRun(LocalPostgres postgres, int pairs, int seconds) implements AutoCloseable {

    /** A run on a PostgreSQL of its own. */
    static BenchRun start(boolean full) {
        var postgres =
                LocalPostgres.temporary(
                        PostgresVersion.V18,
                        Map.of("shared_buffers", "512MB", "max_wal_size", "8GB"));
        return new BenchRun(postgres, full ? 5 : 3, full ? 8 : 4);
    }

    /** Says what is going on. */
    void say(String text) {
        System.err.println(text);
    }

    @Override
    public void close() {
        postgres.close();
    }
}
