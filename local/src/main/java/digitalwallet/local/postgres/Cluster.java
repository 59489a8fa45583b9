package digitalwallet.local.postgres;

import digitalwallet.local.LocalFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The files and processes of one PostgreSQL cluster. Not for several threads at once. */
final class Cluster {

    static final String SUPERUSER = "postgres";
    private static final String OWN_SETTINGS = "wallet.conf";
    private static final int START_SECONDS_MAX = 600;
    private static final int STOP_SECONDS_MAX = 60;

    private final PostgresVersion version;
    private final Path folder;
    private final Path data;
    private final Path log;
    private final Path binaries;
    private final RunAs runAs;
    private final String name;

    /**
     * @param folder holds everything of this cluster; absolute and without links, because processes
     *     are found by it
     * @param binaries what PostgresArchive unpacked
     * @param log where PostgreSQL writes
     */
    Cluster(PostgresVersion version, Path folder, Path binaries, Path log) {
        this.version = version;
        this.folder = folder;
        this.data = folder.resolve("data");
        this.log = log;
        this.binaries = binaries;
        this.runAs = RunAs.forPostgres(folder, data, program("postgres"));
        var digest = UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8));
        // Shown in the title of every process of this cluster, which is how orphans are found.
        this.name = "wallet_" + digest.toString().substring(0, 13);
    }

    /** Makes an empty cluster, unless there is one; an interrupted attempt leaves nothing. */
    void initialise(String superuserPassword) {
        if (Files.exists(data)) {
            refuseAnotherVersion();
            return;
        }
        try {
            var unfinished = folder.resolve("data.new");
            runAs.delete(unfinished);
            Files.createDirectory(
                    unfinished,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            runAs.own(unfinished);
            var password = folder.resolve("superuser-password");
            Folders.writePrivate(password, superuserPassword + "\n");
            runAs.own(password);
            try {
                initdb(unfinished, password);
            } finally {
                Files.delete(password);
            }
            runAs.append(
                    unfinished.resolve("postgresql.conf"),
                    "include_if_exists = '" + OWN_SETTINGS + "'\n");
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuseAnotherVersion() {
        try {
            var found = Folders.readUnlinked(data.resolve("PG_VERSION")).strip();
            if (!found.equals(Integer.toString(version.major()))) {
                throw new LocalFailure(
                        "The data in "
                                + folder
                                + " belong to PostgreSQL "
                                + found
                                + ", but this wallet runs PostgreSQL "
                                + version.major()
                                + "; see docs/operations for how to upgrade.");
            }
        } catch (IOException e) {
            throw new LocalFailure(
                    "The data in " + folder + " cannot be read; they belong to another user.", e);
        }
    }

    private void initdb(Path target, Path password) {
        var arguments = new ArrayList<>(List.of(program("initdb").toString()));
        arguments.addAll(List.of("-D", target.toString(), "-U", SUPERUSER, "--pwfile=" + password));
        arguments.addAll(List.of("--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8"));
        arguments.addAll(version.localeArguments());
        var result = ShellCommand.run(folder, runAs.command(arguments.toArray(String[]::new)));
        if (!result.succeeded()) {
            throw new LocalFailure(
                    "PostgreSQL could not create its data in " + folder + ": " + lastLine(result));
        }
    }

    /**
     * Starts the server and waits until it accepts connections; recovers first when it did not end
     * in order.
     */
    void start(int port, Map<String, String> settings) {
        prepareStart(port, settings);
        var result =
                pgCtl("start", "-l", log.toString(), "-t", Integer.toString(START_SECONDS_MAX));
        if (!result.succeeded()) {
            throw new LocalFailure(
                    "PostgreSQL did not start: " + lastLogLine() + " (" + log + ").");
        }
    }

    private void prepareStart(int port, Map<String, String> settings) {
        endLeftovers();
        var lines = new StringBuilder("# Written at every start.\n");
        settings.forEach((key, value) -> lines.append(line(key, value)));
        lines.append(line("port", Integer.toString(port)));
        lines.append(line("cluster_name", name));
        runAs.write(data.resolve(OWN_SETTINGS), lines.toString());
        runAs.own(Folders.privateFile(log));
    }

    private static String line(String key, String value) {
        return key + " = '" + value.replace("'", "''") + "'\n";
    }

    /** Ends what an earlier owner of this cluster left running. */
    void endLeftovers() {
        if (isRunning()) {
            stop();
        }
        killOrphans();
        // Its process number may belong to somebody else by now, which would make PostgreSQL refuse
        // to start.
        try {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killOrphans() {
        var orphans = Processes.whose(line -> line.startsWith("postgres: " + name + ":"));
        orphans.forEach(ProcessHandle::destroyForcibly);
        if (!Processes.awaitEnd(orphans, Duration.ofSeconds(STOP_SECONDS_MAX))) {
            throw new LocalFailure("An earlier PostgreSQL on " + folder + " does not end.");
        }
    }

    /** Rolls back what is in progress, writes a checkpoint and ends. */
    void stop() {
        var result = pgCtl("stop", "-m", "fast", "-t", Integer.toString(STOP_SECONDS_MAX));
        if (!result.succeeded() && isRunning()) {
            pgCtl("stop", "-m", "immediate", "-t", Integer.toString(STOP_SECONDS_MAX));
        }
    }

    /** As a power cut would: SIGKILL to every process of the cluster, wherever it is. */
    void kill() {
        var postmaster = postmaster();
        var all =
                Stream.concat(
                                postmaster.stream(),
                                postmaster.stream().flatMap(ProcessHandle::descendants))
                        .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        killOrphans();
        Processes.awaitEnd(all, Duration.ofSeconds(STOP_SECONDS_MAX));
    }

    boolean isRunning() {
        return !postmaster().isEmpty();
    }

    /** The postmaster of this cluster: one or none. */
    List<ProcessHandle> postmaster() {
        return Postmaster.of(folder);
    }

    private ShellCommand.Result pgCtl(String... arguments) {
        var command =
                new ArrayList<>(List.of(program("pg_ctl").toString(), "-w", "-D", data.toString()));
        command.addAll(List.of(arguments));
        return ShellCommand.run(folder, runAs.command(command.toArray(String[]::new)));
    }

    private Path program(String name) {
        return binaries.resolve("bin").resolve(name);
    }

    private static String lastLine(ShellCommand.Result result) {
        return result.output()
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("", (_, last) -> last);
    }

    private String lastLogLine() {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("FATAL"))
                    .reduce("it does not say why", (_, last) -> last);
        } catch (IOException _) {
            return "it does not say why";
        }
    }
}
