package digitalwallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.contract.Contract;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.token.LocalIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server of the wallet, or its payments service, as a process of its own, which can be killed,
 * stopped and continued.
 */
public final class WalletProcess implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(10);
    private static final HttpClient PROBES =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Program program;
    private final Path log;
    private final Path folder;
    private final Map<String, String> environment;
    private final URI address;
    private Process process;
    private Map<String, String> added = Map.of();

    private WalletProcess(
            Program program, String name, Path folder, Map<String, String> environment, int port) {
        this.program = program;
        this.log = folder.resolve(name + ".log");
        this.folder = folder;
        this.environment = environment;
        address = URI.create("http://127.0.0.1:" + port);
        process = launch();
    }

    /**
     * Starts a server; {@link #awaitReady()} tells when it serves.
     *
     * @param folder holds its log and its digest key; servers of one database share it
     */
    public static WalletProcess start(
            String name, Path folder, LocalPostgres postgres, LocalIssuer issuer, int port) {
        return start(name, folder, postgres, issuer, port, Map.of());
    }

    /** The same with further variables, which win. */
    public static WalletProcess start(
            String name,
            Path folder,
            LocalPostgres postgres,
            LocalIssuer issuer,
            int port,
            Map<String, String> further) {
        var environment =
                new HashMap<>(
                        Map.ofEntries(
                                Map.entry(
                                        "WALLET_DATABASE_URL",
                                        postgres.jdbcUrl(LocalPostgres.DATABASE)),
                                Map.entry("WALLET_DATABASE_USER", postgres.serverUser()),
                                Map.entry("WALLET_DATABASE_PASSWORD", postgres.serverPassword()),
                                Map.entry("WALLET_DATABASE_OWNER_USER", postgres.ownerUser()),
                                Map.entry(
                                        "WALLET_DATABASE_OWNER_PASSWORD", postgres.ownerPassword()),
                                Map.entry("WALLET_HTTP_PORT", Integer.toString(port)),
                                Map.entry("WALLET_MANAGEMENT_PORT", "0"),
                                Map.entry("WALLET_LANES", "2"),
                                Map.entry("WALLET_ISSUER", issuer.issuer()),
                                Map.entry("WALLET_AUDIENCE", issuer.audience()),
                                Map.entry("WALLET_JWKS_URL", issuer.jwksUri().toString()),
                                Map.entry(
                                        "WALLET_DIGEST_KEY_FILE",
                                        folder.resolve("key").toString())));
        environment.putAll(further);
        return new WalletProcess(Program.WALLET, name, folder, environment, port);
    }

    /** Starts the payments service, with the sandbox bank, in the same way. */
    public static WalletProcess startPayments(
            Path folder,
            LocalPostgres postgres,
            LocalIssuer issuer,
            int port,
            Map<String, String> further) {
        var environment = new HashMap<String, String>();
        var database = "PAYMENTS_DATABASE_";
        environment.putIfAbsent(database + "URL", postgres.jdbcUrl(LocalPostgres.DATABASE));
        for (var role : List.of("", "OWNER_")) {
            environment.put(database + role + "USER", LocalPostgres.PAYMENTS);
            environment.put(database + role + "PASSWORD", postgres.paymentsPassword());
        }
        environment.putAll(
                Map.of(
                        "PAYMENTS_HTTP_PORT", Integer.toString(port),
                        "PAYMENTS_MANAGEMENT_PORT", "0",
                        "PAYMENTS_ISSUER", issuer.issuer(),
                        "PAYMENTS_AUDIENCE", issuer.audience(),
                        "PAYMENTS_JWKS_URL", issuer.jwksUri().toString(),
                        "PAYMENTS_WEBHOOK_KEY_FILE", folder.resolve("key").toString(),
                        "PAYMENTS_SANDBOX", "true"));
        environment.putAll(further);
        return new WalletProcess(Program.PAYMENTS, "payments", folder, environment, port);
    }

    public URI address() {
        return address;
    }

    /** Waits until it takes commands. */
    public void awaitReady() {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        program.module() + " does not serve: " + lastWords());
            }
            pause();
        }
    }

    boolean isReady() {
        try {
            var request =
                    HttpRequest.newBuilder(address.resolve("/readyz"))
                            .timeout(Duration.ofSeconds(5))
                            .build();
            var answer = PROBES.send(request, BodyHandlers.ofString());
            return Contract.WALLET.check(answer).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The wallet's own check of all its books, as an auditor sees it. */
    public String fullCheck(LocalIssuer issuer) {
        var token = issuer.token("auditor", "auditor", Duration.ofMinutes(5));
        var request =
                HttpRequest.newBuilder(address.resolve("/consistency-check?scope=full"))
                        .header("Authorization", "Bearer " + token)
                        .build();
        return Contract.WALLET.send(PROBES, request).body();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it in order, as an operator does. */
    void end() {
        process.destroy();
        awaitEnd();
    }

    /** Starts it again after its end, with the same address. */
    void restart() {
        process = launch();
    }

    /** As above, with these variables and without the ones of the last time. */
    void restartWith(Map<String, String> variables) {
        environment.keySet().removeAll(added.keySet());
        environment.putAll(variables);
        added = Map.copyOf(variables);
        restart();
    }

    /** Whether it lives, and what it says when it is asked whether it serves. */
    String answer() {
        try {
            var request = HttpRequest.newBuilder(address.resolve("/readyz")).build();
            return PROBES.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Holds the whole process still. */
    void stop() {
        signal("STOP");
    }

    /** Lets a stopped process go on. */
    void goOn() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() {
        try {
            var key = folder.resolve("key");
            if (!Files.exists(key)) {
                Files.write(key, "a digest key of thirty-two bytes".getBytes(UTF_8));
            }
            var builder = new ProcessBuilder(program.command()).directory(folder.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("WALLET_") || name.startsWith("PAYMENTS_"));
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String lastWords() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException(program.module() + " does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
