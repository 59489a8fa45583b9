package digitalwallet.proof;

import digitalwallet.contract.Contract;
import digitalwallet.local.token.LocalIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls over HTTP, and repeats each call until it is answered; 503 and a lost connection do not
 * count as answers.
 */
final class PersistentCaller implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CALL_MAX = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 100;

    private final LocalIssuer issuer;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    PersistentCaller(LocalIssuer issuer) {
        this.issuer = issuer;
    }

    /**
     * What is at this path.
     *
     * @throws IllegalStateException when the answer is anything but 200
     */
    JsonNode get(URI server, String role, String path) {
        return persist(request(server, role, path).GET(), 200);
    }

    /**
     * Sends a command.
     *
     * @throws IllegalStateException when the answer has another status
     */
    JsonNode post(URI server, String role, String path, String key, String body, int status) {
        return persist(
                request(server, role, path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body)),
                status);
    }

    private HttpRequest.Builder request(URI server, String role, String path) {
        var token =
                tokens.computeIfAbsent(
                        role, _ -> issuer.token(role, "the-" + role, Duration.ofHours(6)));
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(CALL_MAX)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode persist(HttpRequest.Builder request, int status) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var call = request.build();
        while (true) {
            try {
                var response = http.send(call, BodyHandlers.ofString());
                boolean ofPayments = call.uri().getPath().startsWith("/payments");
                (ofPayments ? Contract.PAYMENTS : Contract.WALLET).check(response);
                if (response.statusCode() == status) {
                    return JSON.readTree(response.body());
                }
                var answer = call.uri() + ": " + response.statusCode() + " " + response.body();
                if (response.statusCode() != 503 || System.nanoTime() > deadline) {
                    throw new IllegalStateException(answer);
                }
            } catch (IOException cut) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(call.uri() + " is not answered", cut);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
