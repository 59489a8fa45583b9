package digitalwallet.payments.server;

import static org.awaitility.Awaitility.await;

import digitalwallet.local.postgres.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The service as a process of its own, which can be killed. */
final class PaymentsProcess implements AutoCloseable {

    private final TestPayments payments;
    private final Map<String, String> environment;
    private final int port = FreePort.any();
    private Process process;

    private PaymentsProcess(TestPayments payments) {
        this.payments = payments;
        environment = new HashMap<>(payments.environment());
        environment.put("PAYMENTS_HTTP_PORT", Integer.toString(port));
        process = launch();
    }

    /** One more instance on the stores of these payments; {@link #awaitReady} tells when it is. */
    static PaymentsProcess start(TestPayments payments) {
        return new PaymentsProcess(payments);
    }

    int port() {
        return port;
    }

    void awaitReady() {
        var probe = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"));
        await().atMost(Duration.ofMinutes(1))
                .ignoreException(UncheckedIOException.class)
                .until(
                        () -> {
                            if (!process.isAlive()) {
                                throw new IllegalStateException(
                                        "it ended with " + process.exitValue());
                            }
                            return payments.send(probe.copy().GET()).status() == 200;
                        });
    }

    /** kill -9. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again after {@link #kill()}, on the same port. */
    void restart() {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder =
                new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName());
        builder.environment().putAll(environment);
        try {
            return builder.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
