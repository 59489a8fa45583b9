package digitalwallet.bench.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** What a process measures of itself: one answer of its {@code /metrics}. */
record Scrape(List<String> lines) {

    private static final Duration CALL_MAX = Duration.ofSeconds(30);

    /** Asks now. */
    static Scrape of(HttpClient http, int port) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .timeout(CALL_MAX)
                        .build();
        return new Scrape(http.send(request, BodyHandlers.ofLines()).body().toList());
    }

    /** The sum of all lines that begin with this. */
    double sum(String begin) {
        return lines.stream()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
