package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import digitalwallet.bench.load.WalletServer;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Median;
import digitalwallet.bench.measure.Result;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.Folders;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.token.LocalIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From the command to the first deposit that is on disk and answered. */
final class StartBench implements Benchmark {

    private static final double ALL_SECONDS_MAX = 20;
    private static final double SERVER_SECONDS_MAX = 5;
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final int STOP_SECONDS_MAX = 60;
    private static final int RETRY_MILLIS = 20;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String description() {
        return "from the command to the first durable deposit";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var empty = new double[run.pairs()];
        var used = new double[run.pairs()];
        var server = new double[run.pairs()];
        for (int i = 0; i < run.pairs(); i++) {
            var folder = Files.createTempDirectory("wallet-bench-");
            try {
                empty[i] = up(folder);
                used[i] = up(folder);
            } finally {
                Folders.delete(folder);
            }
            server[i] = serverAlone(run);
            run.say(
                    "start: new folder %.1f s, again %.1f s; server alone %.1f s"
                            .formatted(empty[i], used[i], server[i]));
        }
        return List.of(
                result("./wallet up in a new folder", empty, ALL_SECONDS_MAX),
                result("./wallet up again", used, ALL_SECONDS_MAX),
                result("server alone, new books", server, SERVER_SECONDS_MAX));
    }

    private static Result result(String what, double[] seconds, double bar) {
        return Result.limit("start", what, Median.of(seconds), "s", bar);
    }

    private static double up(Path path) throws IOException, InterruptedException {
        var folder = DataFolder.at(path).created().prepared();
        var token = token(folder);
        int port = FreePort.any();
        var builder =
                new ProcessBuilder(
                        System.getProperty("wallet.script", "./wallet"),
                        "up",
                        "--data",
                        path.toString(),
                        "--port",
                        Integer.toString(port),
                        "--payments-port",
                        Integer.toString(FreePort.any()));
        builder.environment().keySet().removeIf(name -> name.startsWith("WALLET_"));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        long start = System.nanoTime();
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-wallet"));
        try {
            awaitDeposit(process, port, token, start);
            return (System.nanoTime() - start) / 1e9;
        } finally {
            process.destroy();
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static double serverAlone(BenchRun run) throws Exception {
        var books = Books.create(run.postgres());
        long start = System.nanoTime();
        try (var server = WalletServer.start(run.postgres(), books)) {
            while (!deposited(server.port(), server.token(0))) {
                Thread.sleep(RETRY_MILLIS);
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            books.drop();
        }
    }

    private static String token(DataFolder folder) {
        return LocalIssuer.openOrCreate(folder.issuer())
                .token("system", "shop", Duration.ofHours(1));
    }

    private static void awaitDeposit(Process process, int port, String token, long start)
            throws InterruptedException {
        while (!deposited(port, token)) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("./wallet up does not get ready");
            }
            Thread.sleep(RETRY_MILLIS);
        }
    }

    private static boolean deposited(int port, String token) {
        var body = "{\"user_id\":\"alice\",\"amount\":\"1.00\",\"initiated_by\":\"alice\"}";
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
                            .formatted(token, body.length(), body)
                            .replace("\n", "\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 201");
        } catch (IOException _) {
            return false;
        }
    }
}
