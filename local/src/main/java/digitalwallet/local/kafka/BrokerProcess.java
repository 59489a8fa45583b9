package digitalwallet.local.kafka;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.postgres.Folders;
import digitalwallet.local.postgres.Processes;
import digitalwallet.local.postgres.RunAs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files of one broker and the JVMs that work on them. Not for several threads at once. */
final class BrokerProcess {

    /** It runs for long, beside the server on the same cores: compiled in full. */
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xms64m",
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dfile.encoding=UTF-8",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /**
     * What it writes is for its owner alone. A terminal's Ctrl-C reaches every process at once, but
     * the broker must end after its clients, so it ends only when its owner says so.
     */
    private static final String PRIVATELY = "umask 077; trap '' INT HUP; exec \"$0\" \"$@\"";

    private static final Duration END_PATIENCE = Duration.ofSeconds(20);
    private static final String SETTINGS = "server.properties";
    private static final String OPEN = "open.properties";
    private static final String SECURED = "secured.properties";
    private static final String LOG_SETTINGS = "log4j2.properties";
    private static final String DATA = "data";
    private static final String UNFINISHED_DATA = "data.new";
    private static final String TEMPORARY = "tmp";
    private static final String RIGHTS = "rights";

    private final Path folder;
    private final Path log;
    private final RunAs runAs;
    private final @Nullable BrokerAccounts accounts;

    /**
     * @param folder holds everything of this broker; absolute and without links, because processes
     *     are found by it
     * @param log where it writes what it has to say
     * @param accounts who may log in; null when everybody may do everything
     */
    BrokerProcess(Path folder, Path log, @Nullable BrokerAccounts accounts) {
        this.folder = folder;
        this.log = log;
        this.accounts = accounts;
        var passable = Folders.passable(folder);
        this.runAs =
                RunAs.forJava(
                        "Kafka",
                        passable,
                        folder.resolve(DATA),
                        List.of(Processes.java(), KafkaJars.folder(), KafkaJars.ours()));
        runAs.alone(folder);
    }

    /** Deletes the folder with all that is in it; it must have ended. */
    void delete() {
        for (var written : List.of(DATA, UNFINISHED_DATA, TEMPORARY)) {
            runAs.delete(folder.resolve(written));
        }
        Folders.delete(folder);
    }

    /** Ends any JVM of an earlier owner that works on the folder. */
    static void endLeftovers(Path folder) {
        var orphans = on(folder);
        orphans.forEach(ProcessHandle::destroy);
        if (!Processes.awaitEnd(orphans, END_PATIENCE)) {
            orphans.forEach(ProcessHandle::destroyForcibly);
            if (!Processes.awaitEnd(orphans, END_PATIENCE)) {
                throw new LocalFailure("An earlier Kafka on " + folder + " does not end.");
            }
        }
    }

    /** The JVMs that work on the folder, whoever started them. */
    static List<ProcessHandle> on(Path folder) {
        return Processes.whose(line -> (line + " ").contains(" " + marker(folder) + " "));
    }

    private static String marker(Path folder) {
        return "-Dwallet.kafka=" + folder;
    }

    /**
     * Starts the broker, and makes its data when there are none; it is not ready yet when this
     * returns.
     */
    Process start(BrokerPorts ports) {
        try {
            Folders.emptied(folder.resolve(TEMPORARY), runAs);
            var _ = Folders.privateFile(log);
            write(LOG_SETTINGS, resource(LOG_SETTINGS));
            format(ports);
            runAs.ownAll(folder.resolve(DATA));
            writeSettings(ports, DATA);
            return run("kafka.Kafka", SETTINGS);
        } catch (IOException e) {
            throw new LocalFailure("Kafka cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Makes the data of a new cluster, unless there are some; an interrupted attempt does not
     * count.
     */
    private void format(BrokerPorts ports) throws IOException {
        if (Files.exists(folder.resolve(DATA))) {
            return;
        }
        Folders.emptied(folder.resolve(UNFINISHED_DATA), runAs);
        // A cluster that is made anew knows nobody.
        Files.deleteIfExists(folder.resolve(RIGHTS));
        writeSettings(ports, UNFINISHED_DATA);
        var format =
                run(
                        "kafka.tools.StorageTool",
                        "format",
                        "--standalone",
                        "--cluster-id",
                        randomClusterId(),
                        "--config",
                        SETTINGS);
        try {
            if (format.waitFor() != 0) {
                throw new LocalFailure(
                        "Kafka could not create its data in " + folder + ": see " + log + ".");
            }
        } catch (InterruptedException e) {
            format.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka created its data", e);
        }
        Files.move(
                folder.resolve(UNFINISHED_DATA),
                folder.resolve(DATA),
                StandardCopyOption.ATOMIC_MOVE);
    }

    /** A new id as Kafka writes ids: 16 bytes in the alphabet of URLs. */
    private static String randomClusterId() {
        var id = UUID.randomUUID();
        var bytes =
                ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        // An id that begins like an option would be taken for one.
        return text.startsWith("-") ? randomClusterId() : text;
    }

    /**
     * Makes the accounts and their rights what they should be; does nothing when they are. The
     * broker must answer.
     *
     * @param producers the services that write commands themselves
     * @return whether they are; if not, the log says why
     */
    boolean grant(BrokerPorts ports, Collection<String> producers) {
        if (accounts == null) {
            return true;
        }
        var wanted = accounts.wanted(producers);
        var told = BrokerRights.VERSION + "\n" + wanted;
        var known = folder.resolve(RIGHTS);
        try {
            if (Files.exists(known) && Files.readString(known).equals(told)) {
                return true;
            }
            var input = accounts.password(BrokerAccounts.BROKER) + "\n" + wanted;
            var program = start(BrokerRights.class.getName(), "127.0.0.1:" + ports.inner());
            try (var out = program.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (program.waitFor() != 0) {
                return false;
            }
            Folders.writePrivate(known, told);
            return true;
        } catch (IOException e) {
            throw new LocalFailure("Kafka's accounts cannot be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka's accounts are made", e);
        }
    }

    private void writeSettings(BrokerPorts ports, String data) {
        var broker = "BROKER://127.0.0.1:" + ports.broker();
        var inner = "INNER://127.0.0.1:" + ports.inner();
        var listeners =
                """

                log.dirs=%1$s
                listeners=%2$s,%3$s,CONTROLLER://127.0.0.1:%4$d
                advertised.listeners=%2$s,%3$s
                controller.quorum.bootstrap.servers=127.0.0.1:%4$d
                """
                        .formatted(data, broker, inner, ports.controller());
        var security =
                accounts == null
                        ? resource(OPEN)
                        : resource(SECURED)
                                .formatted(
                                        BrokerAccounts.BROKER,
                                        accounts.password(BrokerAccounts.BROKER));
        write(SETTINGS, resource(SETTINGS) + listeners + "\n" + security);
    }

    private void write(String name, String content) {
        Folders.writePrivate(folder.resolve(name), content);
        runAs.mayRead(folder.resolve(name));
    }

    private static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(BrokerProcess.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program of Kafka in the folder. */
    private Process run(String program, String... arguments) throws IOException {
        var process = start(program, arguments);
        process.getOutputStream().close();
        return process;
    }

    /** The same, with something to read. */
    private Process start(String program, String... arguments) throws IOException {
        var command = runAs.command("/bin/sh", "-c", PRIVATELY, Processes.java().toString());
        command.addAll(JVM_OPTIONS);
        command.add(marker(folder));
        command.add("-Dlog4j2.configurationFile=" + LOG_SETTINGS);
        command.add("-Djava.io.tmpdir=" + folder.resolve(TEMPORARY));
        command.addAll(List.of("-cp", KafkaJars.classPath(), program));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        Processes.keepSecrets(builder);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
