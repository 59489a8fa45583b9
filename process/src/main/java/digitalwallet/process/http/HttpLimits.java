package digitalwallet.process.http;

import digitalwallet.process.settings.HttpSettings;
import java.time.Duration;

/**
 * What a port bounds before anybody is known to be calling.
 *
 * @param connectionsMax open ones; more wait until one of them is given up
 * @param connectionsPerAddressMax of one IPv4 address or one IPv6 network of 64 bits; more are
 *     closed at once
 * @param headMax how long the head of a request may take from its first byte to its last
 * @param silenceMax how long a caller may say nothing in the middle of a request
 * @param idleMax how long a connection may wait for its next request
 */
public record HttpLimits(
        int connectionsMax,
        int connectionsPerAddressMax,
        Duration headMax,
        Duration silenceMax,
        Duration idleMax) {

    /** Of a request line and all headers together: a token of 16 KiB fits in, and the rest. */
    public static final int HEAD_BYTES_MAX = 24 << 10;

    /** Of one request. */
    public static final int HEADERS_MAX = 100;

    private static final int METRICS_CONNECTIONS_MAX = 64;
    private static final Duration HEAD_MAX = Duration.ofSeconds(10);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(10);
    private static final Duration IDLE_MAX = Duration.ofSeconds(60);

    /** Those of the API. */
    public static HttpLimits ofApi(HttpSettings settings) {
        return of(settings.connectionsMax(), settings.connectionsPerAddressMax());
    }

    /** Those of the port with the metrics, which few have a reason to ask. */
    public static HttpLimits ofMetrics() {
        return of(METRICS_CONNECTIONS_MAX, METRICS_CONNECTIONS_MAX / 2);
    }

    private static HttpLimits of(int connectionsMax, int connectionsPerAddressMax) {
        return new HttpLimits(
                connectionsMax, connectionsPerAddressMax, HEAD_MAX, SILENCE_MAX, IDLE_MAX);
    }
}
