package digitalwallet.contract;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request and its answer.
 *
 * @param method of the request; anything where it was not HTTP
 * @param path of the request, without its query
 * @param headers of the answer, their names in lower case
 * @param body of the answer; empty when there was none
 */
public record Exchange(
        String method, String path, int status, Map<String, List<String>> headers, String body) {

    public Exchange {
        var lower = new TreeMap<String, List<String>>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
        headers = lower;
    }

    /** What a client was answered. */
    public static Exchange of(HttpResponse<String> response) {
        var request = response.request();
        return new Exchange(
                request.method(),
                request.uri().getRawPath(),
                response.statusCode(),
                response.headers().map(),
                response.body());
    }

    /** All values of this header with commas between them; empty when there is none. */
    public String header(String name) {
        return String.join(",", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    String mediaType() {
        var types = headers.getOrDefault("content-type", List.of(""));
        return types.getFirst().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return method + " " + path + " was answered " + status + " " + headers + "\n" + body;
    }
}
