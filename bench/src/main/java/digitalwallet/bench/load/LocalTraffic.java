package digitalwallet.bench.load;

import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.CpuTime;
import digitalwallet.bench.measure.Measured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Funded wallets in a wallet that {@code ./wallet up} runs, and traffic between them. */
public final class LocalTraffic implements AutoCloseable {

    private static final int WALLETS = 10_000;
    private static final int DEPOSITS_OF_BATCH = 1_000;
    private static final double NANOS = 1e9;
    private static final double REST_SHARE_MAX = 0.15;
    private static final int REST_CHECKS_MAX = 60;
    private static final int OK = 200;

    private final LocalWallet wallet;
    private final Requests requests;

    private LocalTraffic(LocalWallet wallet) {
        this.wallet = wallet;
        requests = Requests.to(wallet.port(), wallet::token);
    }

    /** Starts a wallet with these options of {@code ./wallet up} and fills its wallets. */
    public static LocalTraffic up(String... options) throws IOException, InterruptedException {
        var traffic = new LocalTraffic(LocalWallet.upInNewFolder(options));
        try {
            traffic.fund();
            return traffic;
        } catch (IOException | InterruptedException | RuntimeException e) {
            traffic.close();
            throw e;
        }
    }

    /** One transfer a request. */
    public Traffic transfers() {
        return new TransferTraffic(requests, _ -> {}, WALLETS);
    }

    /** A hundred transfers a request. */
    public Traffic batches() {
        return new BatchTraffic(requests, _ -> {}, WALLETS);
    }

    /**
     * Runs traffic as fast as possible over this many connections, once what the traffic before has
     * left to do is done; counts what all processes of this wallet spend.
     */
    public Measured peak(BenchRun run, Traffic traffic, int connections, int warmUpSeconds)
            throws Exception {
        awaitRest();
        var processes = wallet.processes();
        try (var load = HttpLoad.connect(wallet.port(), connections)) {
            return Measured.of(
                    () -> CpuTime.of(processes),
                    warmUpSeconds + run.seconds(),
                    () -> load.peak(traffic, warmUpSeconds, run.seconds()));
        }
    }

    /** Makes sure that the books hold, as anybody could. */
    public void verify() throws IOException, InterruptedException {
        var answer = send("GET", "/consistency-check?scope=full", "", wallet.token("auditor"));
        if (!answer.contains("\"consistent\":true")) {
            throw new IllegalStateException("the books are wrong: " + answer);
        }
    }

    /** Events that are still on their way must not slow the next measurement. */
    private void awaitRest() throws IOException, InterruptedException {
        var processes = wallet.processes();
        for (int i = 0; i < REST_CHECKS_MAX; i++) {
            var before = CpuTime.of(processes);
            long begun = System.nanoTime();
            Thread.sleep(1_000);
            double seconds = (System.nanoTime() - begun) / NANOS;
            if (CpuTime.of(processes).ofOthersSince(before) / seconds < REST_SHARE_MAX) {
                return;
            }
        }
        throw new IllegalStateException("the wallet does not come to rest");
    }

    private void fund() throws IOException, InterruptedException {
        for (int from = 0; from < WALLETS; from += DEPOSITS_OF_BATCH) {
            var deposits =
                    IntStream.range(from, from + DEPOSITS_OF_BATCH)
                            .mapToObj(
                                    i ->
                                            "{\"type\":\"deposit\",\"user_id\":\""
                                                    + Books.user(i)
                                                    + "\",\"amount\":\"100000.00\","
                                                    + "\"initiated_by\":\"shop\"}")
                            .collect(Collectors.joining(","));
            var answer =
                    send(
                            "POST",
                            "/batch",
                            "{\"atomic\":false,\"commands\":[" + deposits + "]}",
                            wallet.token(0));
            if (answer.contains("\"status\":4")) {
                throw new IllegalStateException("a wallet was not funded: " + answer);
            }
        }
    }

    private String send(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + wallet.port() + path))
                                    .header("Authorization", "Bearer " + token)
                                    .header("Content-Type", "application/json")
                                    .method(method, BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new IllegalStateException(path + " is answered: " + answer.body());
            }
            return answer.body();
        }
    }

    @Override
    public void close() {
        wallet.close();
    }
}
