package digitalwallet.server.events;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.publishing.FreshBlocks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** A relay in a process of its own, which can be stopped and continued. */
final class RelayProcess implements AutoCloseable {

    private final Process process;

    private RelayProcess(Process process) {
        this.process = process;
    }

    static RelayProcess start(DatabaseAddress books, KafkaSettings kafka, Path log) {
        try {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var builder =
                    new ProcessBuilder(
                            List.of(
                                    java,
                                    "-XX:+UseSerialGC",
                                    "-Xmx128m",
                                    "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    RelayProcess.class.getName(),
                                    books.url(),
                                    books.user(),
                                    kafka.bootstrap(),
                                    Integer.toString(kafka.partitions())));
            builder.environment().put("BOOKS_PASSWORD", books.password());
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            return new RelayProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the whole process still, as a swapping or suspended machine would. */
    void stop() {
        signal("STOP");
    }

    /** Lets a stopped process go on. */
    void goOn() {
        signal("CONT");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("the process cannot be sent a signal");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process itself; it runs until it is killed or its parent is gone. */
    public static void main(String[] arguments) throws IOException {
        var password = Objects.requireNonNull(System.getenv("BOOKS_PASSWORD"));
        var books = new DatabaseAddress(arguments[0], arguments[1], password);
        var kafka = KafkaSettings.local(arguments[2], Integer.parseInt(arguments[3]));
        var registry = new SimpleMeterRegistry();
        try (var _ =
                EventRelay.start(
                        books,
                        new FreshBlocks(0, registry),
                        EngineFixture.DIGEST_KEY,
                        kafka,
                        RelayFixture.KEYS,
                        () -> true,
                        InstantSource.system(),
                        100,
                        null,
                        registry)) {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
