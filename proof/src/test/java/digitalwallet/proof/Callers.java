package digitalwallet.proof;

import digitalwallet.contract.Contract;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.fault.History;
import digitalwallet.ledger.fault.HistoryCheck;
import digitalwallet.local.token.LocalIssuer;
import digitalwallet.money.CurrencyCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shop's threads that move money over HTTP: each operation under a key of its own, repeated at
 * any server with the same key until one answers.
 */
final class Callers implements AutoCloseable {

    static final int USERS = 20;
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final Duration CALL_MAX = Duration.ofSeconds(15);
    private static final int OPERATION_SECONDS_MAX = 120;
    private static final int LIVENESS_SECONDS_MAX = 15;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final List<URI> servers;
    private final String token;
    private final History history;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private volatile boolean ended;

    private Callers(String name, LocalIssuer issuer, List<URI> servers) {
        this.servers = servers;
        history = new History(name);
        token = issuer.token("system", "shop", Duration.ofHours(6));
    }

    /**
     * Starts callers of any of these servers.
     *
     * @param name of their operations, a different one for each set of callers
     */
    static Callers start(String name, int count, LocalIssuer issuer, List<WalletProcess> servers) {
        var addresses = new ArrayList<URI>();
        for (var server : servers) {
            addresses.add(server.address());
        }
        var callers = new Callers(name, issuer, addresses);
        for (int i = 0; i < count; i++) {
            long seed = i;
            callers.threads.add(
                    Thread.ofVirtual()
                            .name("caller-" + i)
                            .start(() -> callers.run(new Random(seed))));
        }
        return callers;
    }

    History history() {
        return history;
    }

    /** Whether a caller has given up; its history will then never be complete. */
    boolean areBroken() {
        return !unexpected.isEmpty();
    }

    /**
     * One deposit to this user, at the first of the servers.
     *
     * @throws IllegalStateException when it takes longer than the wallet promises while another
     *     server stands still
     */
    void depositTo(String user) {
        var operation = history.begin();
        var body =
                "{\"user_id\":\"%s\",\"amount\":\"0.01\",\"initiated_by\":\"%s\"}"
                        .formatted(user, operation.mark());
        try {
            persist(operation, "/deposit", body, user, LIVENESS_SECONDS_MAX);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the callers and compares what they were told with the books. */
    void finishAndCheck(DataSource books) {
        finish();
        Assertions.assertThat(unexpected).as("what no crash explains").isEmpty();
        HistoryCheck.check(history, books);
    }

    @Override
    public void close() {
        finish();
        http.close();
    }

    private void finish() {
        ended = true;
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Random random) {
        try {
            while (!ended) {
                operate(random);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            unexpected.add(e);
        }
    }

    private void operate(Random random) throws InterruptedException {
        var operation = history.begin();
        var user = "user-" + random.nextInt(USERS);
        var other = "user-" + random.nextInt(USERS);
        var amount = BigDecimal.valueOf(1L + random.nextInt(1_000), 2).toPlainString();
        int verb = random.nextInt(10);
        var path = verb < 3 ? "/deposit" : verb < 4 ? "/withdraw" : "/transfer";
        var names =
                path.equals("/transfer")
                        ? "\"from_user_id\":\"%s\",\"to_user_id\":\"%s\"".formatted(user, other)
                        : "\"user_id\":\"%s\"".formatted(user);
        var body =
                "{%s,\"amount\":\"%s\",\"initiated_by\":\"%s\"}"
                        .formatted(names, amount, operation.mark());
        persist(operation, path, body, user, OPERATION_SECONDS_MAX);
    }

    /** Calls one server after the other with the same key until one answers. */
    private void persist(
            History.Operation operation, String path, String body, String user, int secondsMax)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        int next = Math.floorMod(operation.mark().hashCode(), servers.size());
        while (!call(servers.get(next++ % servers.size()), path, body, user, operation)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(operation.mark() + " got no answer at all");
            }
            Thread.sleep(50);
        }
    }

    private boolean call(
            URI server, String path, String body, String user, History.Operation operation)
            throws InterruptedException {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(CALL_MAX)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", operation.mark())
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            var response = Contract.WALLET.check(http.send(request, BodyHandlers.ofString()));
            if (response.statusCode() == 503) {
                operation.failed();
                return false;
            }
            operation.answered(answer(response, user));
            return true;
        } catch (IOException cut) {
            operation.failed();
            return false;
        }
    }

    private static History.Answer answer(HttpResponse<String> response, String user) {
        var body = JSON.readTree(response.body());
        boolean replayed = response.headers().firstValue("Idempotency-Replayed").isPresent();
        return switch (response.statusCode()) {
            case 201 ->
                    new History.Answer(
                            id(body.path("transaction").path("id")),
                            true,
                            seen(body.path("balance"), user),
                            replayed);
            case 422 -> new History.Answer(id(body.path("transaction_id")), false, null, replayed);
            default ->
                    throw new IllegalStateException(response.statusCode() + " " + response.body());
        };
    }

    private static UUID id(JsonNode node) {
        return UUID.fromString(node.asString());
    }

    private static History.Seen seen(JsonNode balance, String user) {
        var cents = new BigDecimal(balance.path("amount").asString()).movePointRight(2);
        return new History.Seen(
                AccountName.wallet(user, USD).id(),
                balance.path("version").asLong(),
                cents.longValueExact());
    }
}
