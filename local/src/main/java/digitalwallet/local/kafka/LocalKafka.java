package digitalwallet.local.kafka;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.postgres.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker of this machine's own: one node, loopback only; with accounts, or open for tests.
 * Its users make the topics, with settings of their own.
 */
public final class LocalKafka implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 50;

    private final Path log;
    private final BrokerProcess broker;
    private final boolean deletedWhenClosed;
    private final BrokerPorts ports;
    private volatile Process process;

    private LocalKafka(
            Path folder, Path log, boolean deletedWhenClosed, @Nullable BrokerAccounts accounts) {
        this.log = log;
        this.deletedWhenClosed = deletedWhenClosed;
        this.broker = new BrokerProcess(folder, log, accounts);
        BrokerProcess.endLeftovers(folder);
        this.ports = BrokerPorts.keptIn(folder.resolve("ports"));
        this.process = broker.start(ports);
    }

    /**
     * Starts Kafka on a folder, which is created and filled when it is new, and waits until it
     * answers. What an earlier owner of the folder left running is ended first.
     *
     * @throws LocalFailure when it cannot run
     */
    public static LocalKafka start(Path folder) {
        return start(folder, folder.resolve("kafka.log"));
    }

    /** As above, with the file Kafka's own messages are appended to. */
    public static LocalKafka start(Path folder, Path log) {
        var kafka = launch(folder, log);
        kafka.awaitReady();
        return kafka;
    }

    /** As above, without waiting: see {@link #isReady}. */
    public static LocalKafka launch(Path folder, Path log) {
        return new LocalKafka(real(folder), log.toAbsolutePath(), false, null);
    }

    /**
     * As above, but nobody may do anything without an account of {@link BrokerAccounts#of}; call
     * {@link #grant} once it answers.
     */
    public static LocalKafka launchSecured(Path folder, Path log) {
        var real = real(folder);
        return new LocalKafka(real, log.toAbsolutePath(), false, BrokerAccounts.of(real));
    }

    /**
     * Makes the accounts of a secured broker and their rights what they should be.
     *
     * @param producers the services that write commands themselves
     * @return whether the broker has taken them; if not, its log says why
     */
    public boolean grant(Collection<String> producers) {
        return broker.grant(ports, producers);
    }

    /** The same for a secured broker that another process runs on this folder. */
    public static boolean grant(Path folder, Path log, Collection<String> producers) {
        var real = real(folder);
        var broker = new BrokerProcess(real, log.toAbsolutePath(), BrokerAccounts.of(real));
        return BrokerPorts.read(real.resolve("ports"))
                .filter(ports -> broker.grant(ports, producers))
                .isPresent();
    }

    /** Whether this is the address of the broker that keeps its data in this folder. */
    public static boolean isAt(Path folder, String bootstrap) {
        return BrokerPorts.read(folder.resolve("ports"))
                .filter(ports -> bootstrap.equals("127.0.0.1:" + ports.broker()))
                .isPresent();
    }

    /** Ends what a killed owner of the folder left running. */
    public static void endLeftovers(Path folder) {
        if (Files.exists(folder)) {
            BrokerProcess.endLeftovers(real(folder));
        }
    }

    /** Whether a broker runs on the folder, whoever started it. */
    public static boolean runsOn(Path folder) {
        return Files.exists(folder) && !BrokerProcess.on(real(folder)).isEmpty();
    }

    /**
     * Starts Kafka on a new temporary folder, which disappears when it is closed or the JVM ends.
     * For tests.
     */
    public static LocalKafka temporary() {
        try {
            var folder = real(Files.createTempDirectory("wallet-kafka-"));
            var kafka = new LocalKafka(folder, folder.resolve("kafka.log"), true, null);
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "end-kafka"));
            kafka.awaitReady();
            return kafka;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The one temporary broker of this JVM; tests divide its topics among themselves. Never close
     * it.
     */
    public static LocalKafka shared() {
        return Shared.broker();
    }

    private static Path real(Path folder) {
        try {
            return Files.createDirectories(folder.toAbsolutePath()).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect to: {@code 127.0.0.1:port}. */
    public String bootstrap() {
        return "127.0.0.1:" + ports.broker();
    }

    public int port() {
        return ports.broker();
    }

    /** Whether its process is there; it may be starting, or hang. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Whether it answers now. */
    public boolean isReady() {
        return isRunning() && BrokerProbe.answers(ports.broker());
    }

    /** The number of the process that was started last. */
    public long processId() {
        return process.pid();
    }

    /** The exit code of the process that was started last; null while it runs. */
    public @Nullable Integer exitCode() {
        return isRunning() ? null : process.exitValue();
    }

    /**
     * Starts again on the same port, after {@link #stop}, {@link #kill} or an accident, and waits
     * until it answers; stops first when it runs. A broker that was killed takes some seconds
     * longer.
     */
    public void restart() {
        relaunch();
        awaitReady();
    }

    /** As above, without waiting. */
    public void relaunch() {
        stop();
        process = broker.start(ports);
    }

    /** Stops in order, or by force if that takes too long; does nothing when it does not run. */
    public void stop() {
        Processes.stop(process, STOP_PATIENCE);
    }

    /** Kills it at once. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!isReady()) {
            if (!isRunning() || System.nanoTime() - deadline > 0) {
                kill();
                throw new LocalFailure("Kafka did not start: see " + log + ".");
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka starts", e);
        }
    }

    /** Stops it; a temporary one also disappears. */
    @Override
    public void close() {
        if (deletedWhenClosed) {
            kill();
            broker.delete();
        } else {
            stop();
        }
    }

    /** Holds the shared broker; loaded on first use. */
    private static final class Shared {
        private static final LocalKafka BROKER = temporary();

        static LocalKafka broker() {
            return BROKER;
        }
    }
}
