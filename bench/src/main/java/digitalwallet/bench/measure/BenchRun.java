package digitalwallet.bench.measure;

import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * What the benchmarks of one run share.
 *
 * @param build which build of PostgreSQL it is
 * @param full whether there is time for long runs
 * @param pairs how often a measurement and its comparison alternate
 * @param seconds how long each measurement lasts, after as long a warm-up as it needs
 */
public record BenchRun(LocalPostgres postgres, String build, boolean full, int pairs, int seconds)
        implements AutoCloseable {

    /** Where Debian and its descendants install the oldest version that is supported. */
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql/15");

    private static final Map<String, String> SETTINGS =
            Map.of("shared_buffers", System.getProperty("sb", "512MB"), "max_wal_size", "8GB");

    /** A run on a PostgreSQL of its own: the system's build when there is one. */
    public static BenchRun start(boolean full) {
        boolean installed = Files.isExecutable(INSTALLED.resolve("bin/postgres"));
        var postgres =
                installed
                        ? LocalPostgres.temporary(PostgresVersion.V15, INSTALLED, SETTINGS)
                        : LocalPostgres.temporary(PostgresVersion.V18, SETTINGS);
        var build = installed ? "the system's own build" : "the embedded build";
        return new BenchRun(postgres, build, full, full ? 5 : 3, full ? 8 : 4);
    }

    /** Says what is going on. */
    public void say(String text) {
        System.err.println(text);
    }

    /** The machine and the programs on which all of this was measured. */
    public String described() throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(LocalPostgres.DATABASE),
                                postgres.superuser(),
                                postgres.superuserPassword());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW server_version")) {
            rows.next();
            return "PostgreSQL %s (%s, fsync on), Java %s, %d cores; medians of %d alternating pairs"
                    .formatted(
                            rows.getString(1),
                            build,
                            Runtime.version().feature(),
                            Runtime.getRuntime().availableProcessors(),
                            pairs);
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
