package digitalwallet.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Writes requests to the wallet with tokens made once. */
public final class Requests {

    private static final int TOKENS = 64;

    private final String[] heads;

    private Requests(String[] heads) {
        this.heads = heads;
    }

    /**
     * Requests of as many back-end services as a large shop has.
     *
     * @param token of the service with that number
     */
    static Requests to(int port, IntFunction<String> token) {
        return new Requests(
                IntStream.range(0, TOKENS)
                        .mapToObj(
                                i ->
                                        " HTTP/1.1\r\nHost: 127.0.0.1:"
                                                + port
                                                + "\r\nAuthorization: Bearer "
                                                + token.apply(i)
                                                + "\r\nContent-Type: application/json\r\n")
                        .toArray(String[]::new));
    }

    /** A request with an idempotency key. */
    ByteBuffer post(int connection, String path, String key, String body) {
        return request(connection, path, "Idempotency-Key: " + key + "\r\n", body);
    }

    /** A request without one. */
    ByteBuffer postWithoutKey(int connection, String path, String body) {
        return request(connection, path, "", body);
    }

    private ByteBuffer request(int connection, String path, String header, String body) {
        // All of it is ASCII, so that characters are bytes.
        var text =
                "POST "
                        + path
                        + heads[connection % TOKENS]
                        + header
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
