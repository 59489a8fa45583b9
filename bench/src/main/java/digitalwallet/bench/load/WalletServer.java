package digitalwallet.bench.load;

import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.Folders;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.Processes;
import digitalwallet.local.supervise.ServerChild;
import digitalwallet.local.token.LocalIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real server process on the books of a benchmark, started as the launcher starts it. */
public final class WalletServer implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final DataFolder folder;
    private final LocalIssuer issuer;
    private final int port;

    private WalletServer(Process process, DataFolder folder, LocalIssuer issuer, int port) {
        this.process = process;
        this.folder = folder;
        this.issuer = issuer;
        this.port = port;
    }

    /** Starts one and waits until it is ready. */
    public static WalletServer start(LocalPostgres postgres, Books books)
            throws IOException, InterruptedException {
        return start(postgres, books, Map.of());
    }

    /** Starts one with these variables too, and waits until it is ready. */
    public static WalletServer start(
            LocalPostgres postgres, Books books, Map<String, String> variables)
            throws IOException, InterruptedException {
        var folder = DataFolder.at(Files.createTempDirectory("wallet-bench-")).created().prepared();
        var issuer = LocalIssuer.openOrCreate(folder.issuer());
        int port = FreePort.any();
        var command = new ArrayList<String>();
        command.add(Processes.java().toString());
        command.addAll(ServerChild.JVM_OPTIONS);
        command.add("-Djava.io.tmpdir=" + folder.run());
        command.addAll(List.of("-jar", jar().toString()));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("WALLET_"));
        builder.environment().putAll(environment(postgres, books.address(), folder, issuer, port));
        builder.environment().putAll(variables);
        builder.redirectErrorStream(true).redirectOutput(folder.log("server").toFile());
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-server"));
        var server = new WalletServer(process, folder, issuer, port);
        server.awaitReady();
        return server;
    }

    private static Path jar() {
        var jar = Path.of(System.getProperty("wallet.server.jar", "server.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("The server is not built: there is no " + jar + ".");
        }
        return jar;
    }

    private static Map<String, String> environment(
            LocalPostgres postgres,
            DatabaseAddress address,
            DataFolder folder,
            LocalIssuer issuer,
            int port) {
        return Map.ofEntries(
                Map.entry("WALLET_BIND", "127.0.0.1"),
                Map.entry("WALLET_HTTP_PORT", Integer.toString(port)),
                Map.entry("WALLET_MANAGEMENT_PORT", "0"),
                Map.entry("WALLET_ISSUER", issuer.issuer()),
                Map.entry("WALLET_AUDIENCE", issuer.audience()),
                Map.entry("WALLET_JWKS_URL", issuer.jwksUri().toString()),
                Map.entry("WALLET_DIGEST_KEY_FILE", folder.digestKey().toString()),
                Map.entry("WALLET_DATABASE_URL", address.url()),
                Map.entry("WALLET_DATABASE_USER", address.user()),
                Map.entry("WALLET_DATABASE_PASSWORD", address.password()),
                Map.entry("WALLET_DATABASE_OWNER_USER", postgres.ownerUser()),
                Map.entry("WALLET_DATABASE_OWNER_PASSWORD", postgres.ownerPassword()),
                Map.entry("WALLET_QUEUE_KEY_FILE", folder.queueKey().toString()),
                Map.entry("WALLET_EVENT_KEY_FILE", folder.eventKey().toString()),
                Map.entry("WALLET_BENCH", "true"));
    }

    private void awaitReady() throws InterruptedException, IOException {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                var log = Files.readString(folder.log("server"));
                process.destroyForcibly();
                throw new IllegalStateException("The server does not get ready:\n" + log);
            }
            Thread.sleep(10);
        }
    }

    private boolean isReady() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(
                            "GET /readyz HTTP/1.1\r\nHost: wallet\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 200");
        } catch (IOException _) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    Optional<ProcessHandle> process() {
        return Optional.of(process.toHandle());
    }

    /** Tokens of back-end services, a different one for each number. */
    public String token(int number) {
        return issuer.token("system", "shop-" + number, TOKEN_LIFETIME);
    }

    /** Its memory in MiB, as Linux counts it; 0 elsewhere. */
    public double residentMebibytes() throws IOException {
        var status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                    .findFirst()
                    .orElse(0);
        }
    }

    @Override
    public void close() {
        Processes.stop(process, STOP_PATIENCE);
        Folders.delete(folder.path());
    }
}
