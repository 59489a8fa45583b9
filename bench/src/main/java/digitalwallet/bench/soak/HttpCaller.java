package digitalwallet.bench.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Calls as an honest client does: what was refused for now is sent again under the same key. */
final class HttpCaller implements AutoCloseable {

    private static final Duration CALL_MAX = Duration.ofSeconds(30);
    // All books are read for it, on a machine that does other work, too.
    private static final Duration EXAMINATION_MAX = Duration.ofMinutes(30);
    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();
    private static final long PAUSE_MILLIS = 100;
    private static final Set<Integer> FOR_NOW = Set.of(408, 429, 503);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CALL_MAX)
                    .build();
    private final Tally ends = new Tally();
    private final Tally unserved = new Tally();
    private volatile Histogram latencies = newHistogram();

    private static Histogram newHistogram() {
        return new ConcurrentHistogram(3);
    }

    /** What is at this address; empty text when nobody would say. */
    String get(String address, String token) throws InterruptedException {
        return persist(request(address, token).GET().build());
    }

    /** What a service says that examines itself, however long that takes. */
    String examine(String address, String token) throws InterruptedException {
        return persist(request(address, token).timeout(EXAMINATION_MAX).GET().build());
    }

    /** Has a command done; empty text when nobody would do it. */
    String post(String address, String token, String prefer, String body)
            throws InterruptedException {
        var request =
                request(address, token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        // A batch has the keys within.
        if (!address.endsWith("/batch")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        if (!prefer.isEmpty()) {
            request.header("Prefer", prefer);
        }
        return persist(request.build());
    }

    private static HttpRequest.Builder request(String address, String token) {
        return HttpRequest.newBuilder(URI.create(address))
                .timeout(CALL_MAX)
                .header("Authorization", "Bearer " + token);
    }

    /** The latency counts from the first try to the last answer. */
    private String persist(HttpRequest request) throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE_NANOS) {
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                ends.count(Integer.toString(answer.statusCode()));
                if (answer.statusCode() < 300) {
                    latencies.recordValue(System.nanoTime() - begin);
                    return answer.body();
                }
                if (!FOR_NOW.contains(answer.statusCode())) {
                    unserved.count(request.uri().getPath() + ": " + answer.body());
                    return "";
                }
            } catch (IOException e) {
                ends.count(e.getClass().getSimpleName());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        unserved.count(request.uri().getPath() + ": not for two minutes");
        return "";
    }

    /** How each try ended. */
    Tally ends() {
        return ends;
    }

    /** What was never done, and why. */
    Tally unserved() {
        return unserved;
    }

    /** The latencies since this was asked last, in nanoseconds. */
    Histogram takeLatencies() {
        var taken = latencies;
        latencies = newHistogram();
        return taken;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
