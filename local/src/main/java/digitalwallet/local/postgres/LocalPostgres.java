package digitalwallet.local.postgres;

import digitalwallet.local.LocalFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A PostgreSQL server of this machine's own: loopback only, SCRAM passwords, checksums and fsync
 * on. Its database {@value #DATABASE} belongs to one role; others write to it, one reads it.
 */
public final class LocalPostgres implements AutoCloseable {

    public static final String DATABASE = "wallet";

    /** The role that owns the database and its schema. */
    public static final String OWNER = "wallet_owner";

    private static final String SERVER = "wallet";

    /** The role that may read all tables, and neither write nor lock anything. */
    public static final String READER = "wallet_reader";

    /** The role of the payments service; it has a schema of its own name and nothing else. */
    public static final String PAYMENTS = "payments";

    private static final List<String> ROLES =
            List.of(Cluster.SUPERUSER, OWNER, SERVER, READER, PAYMENTS);
    private static final int PORT_ATTEMPTS_MAX = 5;

    private final Cluster cluster;
    private final Passfile passfile;
    private final Map<String, String> settings;
    private final boolean deletedWhenClosed;
    private final Path folder;
    private int port;

    private LocalPostgres(
            Cluster cluster,
            Path folder,
            Map<String, String> settings,
            int port,
            boolean deletedWhenClosed) {
        this.cluster = cluster;
        this.folder = folder;
        this.settings = settings;
        this.port = port;
        this.deletedWhenClosed = deletedWhenClosed;
        this.passfile = Passfile.openOrCreate(PostgresAccess.passfile(folder), ROLES);
    }

    /**
     * Starts PostgreSQL on a folder, which is created and filled when it is new. What an earlier
     * owner of the folder left running is ended first.
     *
     * @param extraSettings of postgresql.conf; they win over the defaults, and {@code port} makes
     *     the port fixed
     * @throws LocalFailure when it cannot run
     */
    public static LocalPostgres start(
            Path folder, PostgresVersion version, Map<String, String> extraSettings) {
        return start(folder, version, extraSettings, folder.resolve("postgres.log"));
    }

    /** As above, with the file PostgreSQL's own messages are appended to. */
    public static LocalPostgres start(
            Path folder, PostgresVersion version, Map<String, String> extraSettings, Path log) {
        var real = real(folder);
        return started(cluster(real, version, log), real, extraSettings, false);
    }

    private static Cluster cluster(Path real, PostgresVersion version, Path log) {
        var binaries = PostgresArchive.of(version).unpackInto(real);
        return new Cluster(version, real, binaries, log.toAbsolutePath());
    }

    /** Ends what a killed owner of the folder left running. */
    public static void endLeftovers(Path folder, PostgresVersion version, Path log) {
        if (Files.exists(folder.resolve("data"))) {
            cluster(real(folder), version, log).endLeftovers();
        }
    }

    /**
     * Starts PostgreSQL on a new temporary folder, which disappears when it is closed or the JVM
     * ends. For tests: its binaries are shared by all of them.
     */
    public static LocalPostgres temporary(
            PostgresVersion version, Map<String, String> extraSettings) {
        var binaries = PostgresArchive.of(version).unpackInto(PostgresArchive.archives());
        return temporary(version, binaries, extraSettings);
    }

    /**
     * As above, with programs that are installed on this machine.
     *
     * @param binaries has the folder {@code bin} with programs of this version
     */
    public static LocalPostgres temporary(
            PostgresVersion version, Path binaries, Map<String, String> extraSettings) {
        try {
            var folder = real(Files.createTempDirectory("wallet-postgres-"));
            var smaller = new TreeMap<>(Map.of("shared_buffers", "64MB"));
            smaller.putAll(extraSettings);
            var cluster = new Cluster(version, folder, binaries, folder.resolve("postgres.log"));
            var postgres = started(cluster, folder, smaller, true);
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "end-postgres"));
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The one temporary server of this JVM for a version; tests divide its databases among
     * themselves. Never close it.
     */
    public static LocalPostgres shared(PostgresVersion version) {
        return Shared.server(version);
    }

    private static Path real(Path folder) {
        try {
            return Folders.passable(folder.toAbsolutePath()).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalPostgres started(
            Cluster cluster, Path folder, Map<String, String> extraSettings, boolean temporary) {
        var settings = new TreeMap<>(DefaultSettings.ALL);
        settings.putAll(extraSettings);
        var fixedPort = settings.remove("port");
        var port = fixedPort == null ? FreePort.any() : Integer.parseInt(fixedPort);
        var postgres = new LocalPostgres(cluster, folder, settings, port, temporary);
        cluster.initialise(postgres.passfile.passwordOf(Cluster.SUPERUSER));
        postgres.startOnSomePort(fixedPort == null);
        postgres.createRolesAndDatabase();
        return postgres;
    }

    private void startOnSomePort(boolean anyPort) {
        for (var attempt = 1; ; attempt++) {
            try {
                cluster.start(port, settings);
                return;
            } catch (LocalFailure failure) {
                // Between choosing a free port and listening on it, somebody else may have taken
                // it.
                if (!anyPort || FreePort.isFree(port) || attempt == PORT_ATTEMPTS_MAX) {
                    throw failure;
                }
                port = FreePort.any();
            }
        }
    }

    private void createRolesAndDatabase() {
        try (var connection = superuser("postgres")) {
            new DatabaseRoles(connection).createRoles(ROLES, passfile).makeReader(READER);
            createDatabase(DATABASE);
        } catch (SQLException e) {
            throw new LocalFailure(
                    "PostgreSQL runs, but does not let its owner in: " + e.getMessage(), e);
        }
    }

    /** Stops in order; does nothing when it does not run. */
    public void stop() {
        if (isRunning()) {
            cluster.stop();
        }
    }

    /** Kills every process of PostgreSQL at once, as a power cut would. */
    public void kill() {
        cluster.kill();
    }

    /**
     * Starts again on the same port, after {@link #stop}, {@link #kill} or an accident; stops first
     * when it runs.
     */
    public void restart() {
        cluster.start(port, settings);
    }

    public boolean isRunning() {
        return cluster.isRunning();
    }

    /** Creates a database of the owner role, empty but for the schema of the payments service. */
    public void createDatabase(String name) {
        try (var connection = superuser("postgres")) {
            new DatabaseRoles(connection).createDatabase(name, OWNER);
            try (var within = superuser(name)) {
                new DatabaseRoles(within).furnish(name, READER, List.of(OWNER, SERVER, PAYMENTS));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name, e);
        }
    }

    /** Drops a database, and ends all connections to it. */
    public void dropDatabase(String name) {
        try (var connection = superuser("postgres")) {
            new DatabaseRoles(connection).dropDatabase(name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot drop " + name, e);
        }
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return url(port, database);
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String ownerUser() {
        return OWNER;
    }

    public String ownerPassword() {
        return passfile.passwordOf(OWNER);
    }

    public String serverUser() {
        return SERVER;
    }

    public String serverPassword() {
        return passfile.passwordOf(SERVER);
    }

    public String readerUser() {
        return READER;
    }

    public String readerPassword() {
        return passfile.passwordOf(READER);
    }

    public String paymentsPassword() {
        return passfile.passwordOf(PAYMENTS);
    }

    public String superuser() {
        return Cluster.SUPERUSER;
    }

    public String superuserPassword() {
        return passfile.passwordOf(Cluster.SUPERUSER);
    }

    /** The process all others of this server descend from; none when it does not run. */
    public List<ProcessHandle> postmaster() {
        return cluster.postmaster();
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), superuser(), superuserPassword());
    }

    /** Stops; a temporary server is killed and its folder deleted. */
    @Override
    public void close() {
        if (deletedWhenClosed) {
            kill();
            Folders.delete(folder);
        } else {
            stop();
        }
    }

    /** Holds the shared servers; loaded on first use. */
    private static final class Shared {
        private static final Map<PostgresVersion, LocalPostgres> SERVERS =
                new EnumMap<>(PostgresVersion.class);

        static synchronized LocalPostgres server(PostgresVersion version) {
            return SERVERS.computeIfAbsent(version, wanted -> temporary(wanted, Map.of()));
        }
    }
}
