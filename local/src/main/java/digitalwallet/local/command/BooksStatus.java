package digitalwallet.local.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalDouble;

/** What a running server knows of the books, in one line, as its metrics say. */
final class BooksStatus {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private BooksStatus() {}

    /** Asks the server's port for metrics; never fails. */
    static String read(int managementPort) {
        var address = URI.create("http://127.0.0.1:" + managementPort + "/metrics");
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
            return line(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return "not known: the metrics do not answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "not known: interrupted";
        }
    }

    /** The line for these metrics. */
    static String line(String metrics) {
        var consistent = metric(metrics, "wallet_books_consistent");
        var age = metric(metrics, "wallet_books_check_age_seconds");
        if (consistent.isEmpty() || age.isEmpty()) {
            return "not known: no check is measured";
        }
        if (Double.isNaN(age.getAsDouble())) {
            boolean failed = metric(metrics, "wallet_books_check_failures_total").orElse(0) > 0;
            return failed
                    ? "not known to be consistent: no check could be made since the start, see the"
                            + " log"
                    : "not known to be consistent: no check yet since the start";
        }
        var ago = "the last check was made %.0f s ago".formatted(age.getAsDouble());
        double value = consistent.getAsDouble();
        if (Double.isNaN(value)) {
            return "not known to be consistent: checks fail or are overdue, see the log; " + ago;
        }
        return value == 1 ? "consistent; " + ago : "NOT CONSISTENT: see the log; " + ago;
    }

    private static OptionalDouble metric(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst();
    }
}
