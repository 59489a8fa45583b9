package digitalwallet.bench.load;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.Running;
import digitalwallet.local.kafka.BrokerAccounts;
import digitalwallet.local.postgres.Folders;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.PostgresAccess;
import digitalwallet.local.postgres.Processes;
import digitalwallet.local.token.LocalIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A wallet that {@code ./wallet up} runs: all its processes, as a user has them. */
public final class LocalWallet implements AutoCloseable {

    private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);
    private static final int RETRY_MILLIS = 20;
    private static final String POSTMASTER = "data/postmaster.pid";
    private static final String DEPOSIT =
            "{\"user_id\":\"alice\",\"amount\":\"1.00\",\"initiated_by\":\"alice\"}";

    /** In a child's command line, a word that no other child's has; the first that fits counts. */
    private static final SequencedMap<String, String> MARKS = new LinkedHashMap<>();

    static {
        MARKS.put("Kafka", "kafka.Kafka");
        MARKS.put("payments", "payments");
        MARKS.put("server", "server");
    }

    private final Process launcher;
    private final Path folder;
    private final boolean deletes;
    private final LocalIssuer issuer;
    private final int port;

    private LocalWallet(
            Process launcher, Path folder, boolean deletes, LocalIssuer issuer, int port) {
        this.launcher = launcher;
        this.folder = folder;
        this.deletes = deletes;
        this.issuer = issuer;
        this.port = port;
    }

    /**
     * Starts one in this folder and waits for a first deposit, which is then on disk.
     *
     * @param options of {@code ./wallet up}
     */
    public static LocalWallet up(Path folder, String... options)
            throws IOException, InterruptedException {
        return up(folder, false, List.of(options));
    }

    /** The same in a folder of its own, which is deleted at the end. */
    public static LocalWallet upInNewFolder(String... options)
            throws IOException, InterruptedException {
        return up(Files.createTempDirectory("wallet-bench-"), true, List.of(options));
    }

    private static LocalWallet up(Path path, boolean deletes, List<String> options)
            throws IOException, InterruptedException {
        var issuer = LocalIssuer.openOrCreate(DataFolder.at(path).created().prepared().issuer());
        var ports = FreePort.several(2);
        int port = ports.getFirst();
        var command =
                new ArrayList<>(
                        List.of(
                                System.getProperty("wallet.script", "./wallet"),
                                "up",
                                "--data",
                                path.toString(),
                                "--port",
                                Integer.toString(port),
                                "--payments-port",
                                Integer.toString(ports.getLast())));
        command.addAll(options);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("WALLET_"));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-wallet"));
        var wallet = new LocalWallet(process, path, deletes, issuer, port);
        try {
            wallet.awaitDeposit();
            return wallet;
        } catch (InterruptedException | RuntimeException e) {
            wallet.close();
            throw e;
        }
    }

    /** A token of a role. */
    String token(String role) {
        return token(role, "bench");
    }

    /** A token of somebody in a role. */
    public String token(String role, String id) {
        return issuer.token(role, id, TOKEN_LIFETIME);
    }

    /** Tokens of back-end services, a different one for each number. */
    String token(int number) {
        return issuer.token("system", "shop-" + number, TOKEN_LIFETIME);
    }

    public int port() {
        return port;
    }

    /** Where its payments service listens. */
    public int paymentsPort() {
        return URI.create(running().payments()).getPort();
    }

    /** Waits until all its processes serve, not only the server. */
    public void awaitAll() throws InterruptedException {
        long begun = System.nanoTime();
        while (!running().state().equals("ready")) {
            if (!launcher.isAlive() || System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new IllegalStateException("not all of ./wallet up get ready");
            }
            Thread.sleep(RETRY_MILLIS);
        }
    }

    /** What it says of itself. */
    public Running running() {
        return Running.read(DataFolder.at(folder)).orElseThrow();
    }

    /** Its books, for reading only. */
    public Connection reader() throws SQLException {
        var access =
                PostgresAccess.reader(DataFolder.at(folder).postgres(), running().postgresPort());
        return DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
    }

    /** What a client of its Kafka is configured with that has found out the server's password. */
    public Map<String, Object> broker() {
        var accounts = BrokerAccounts.of(DataFolder.at(folder).kafka());
        var properties = new LinkedHashMap<String, Object>(accounts.client(BrokerAccounts.SERVER));
        properties.put("bootstrap.servers", running().kafka());
        return properties;
    }

    /** Its processes by their names. */
    public SequencedMap<String, ProcessHandle> processes() throws IOException {
        var processes = new LinkedHashMap<String, ProcessHandle>();
        // PostgreSQL's is nobody's child.
        try (var lines = Files.lines(DataFolder.at(folder).postgres().resolve(POSTMASTER))) {
            var pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
            ProcessHandle.of(pid).ifPresent(process -> processes.put("PostgreSQL", process));
        }
        launcher.descendants()
                .forEach(
                        process -> {
                            var line = process.info().commandLine().orElse("");
                            MARKS.entrySet().stream()
                                    .filter(mark -> line.contains(mark.getValue()))
                                    .findFirst()
                                    .ifPresent(
                                            mark -> processes.putIfAbsent(mark.getKey(), process));
                        });
        return processes;
    }

    private void awaitDeposit() throws InterruptedException {
        long begun = System.nanoTime();
        while (!isDeposited(port, token(0))) {
            if (!launcher.isAlive() || System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new IllegalStateException("./wallet up does not get ready");
            }
            Thread.sleep(RETRY_MILLIS);
        }
    }

    /** Tries to deposit; false when the answer is another one, or there is none. */
    public static boolean isDeposited(int port, String token) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request =
                    """
                    POST /deposit HTTP/1.1
                    Host: 127.0.0.1
                    Connection: close
                    Authorization: Bearer %s
                    Content-Type: application/json
                    Content-Length: %d

                    %s\
                    """
                            .formatted(token, DEPOSIT.length(), DEPOSIT)
                            .replace("\n", "\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 201");
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        Processes.stop(launcher, STOP_PATIENCE);
        if (deletes) {
            Folders.delete(folder);
        }
    }
}
