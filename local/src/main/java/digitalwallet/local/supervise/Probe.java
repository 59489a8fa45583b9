package digitalwallet.local.supervise;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;

/** Asks one of our servers whether it serves. */
public final class Probe implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest request;

    /** What came back. */
    public sealed interface Reply {

        /** It serves. */
        record Ready() implements Reply {}

        /** It says in a sentence why it does not. */
        record Refused(String sentence) implements Reply {}

        /** It says nothing. */
        record Silent() implements Reply {}
    }

    /** For the server at this address, such as {@code http://127.0.0.1:8080}. */
    public Probe(String url) {
        request = HttpRequest.newBuilder(URI.create(url + "/readyz")).timeout(PATIENCE).build();
    }

    /** Asks; never fails. */
    public Reply ask() {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return new Reply.Ready();
            }
            var sentence =
                    JSONObjectUtils.getString(JSONObjectUtils.parse(answer.body()), "detail");
            return sentence == null ? new Reply.Silent() : new Reply.Refused(sentence);
        } catch (IOException | ParseException _) {
            return new Reply.Silent();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reply.Silent();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
