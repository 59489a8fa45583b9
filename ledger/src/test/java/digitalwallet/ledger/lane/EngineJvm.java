package digitalwallet.ledger.lane;

import digitalwallet.ledger.database.DatabaseAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** An engine of two lanes in a JVM of its own, with little memory. */
public final class EngineJvm {

    private static final String PASSWORD = "BOOKS_PASSWORD";

    private EngineJvm() {}

    /**
     * Starts a program.
     *
     * @param program has a main method, which calls {@link #books} and {@link #engine}
     * @param memory such as {@code -Xmx128m}; beyond it the JVM ends
     * @param log gets all that it says
     */
    public static Process start(Class<?> program, String memory, DatabaseAddress books, Path log)
            throws IOException {
        var builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                memory,
                                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName(),
                                books.url(),
                                books.user()));
        builder.environment().put(PASSWORD, books.password());
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** In that JVM: where its books are. */
    public static DatabaseAddress books(String... arguments) {
        return new DatabaseAddress(
                arguments[0], arguments[1], Objects.requireNonNull(System.getenv(PASSWORD)));
    }

    /** In that JVM: its engine. */
    public static PostingEngine engine(DatabaseAddress books) {
        return PostingEngine.start(
                EngineFixture.settings(2),
                books,
                InstantSource.system(),
                _ -> {},
                new SimpleMeterRegistry());
    }
}
