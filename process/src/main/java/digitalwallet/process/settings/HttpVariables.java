package digitalwallet.process.settings;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The variables that say where a process listens. */
public final class HttpVariables {

    private static final int CONNECTION_BYTES = 80 << 10;
    private static final int HEAP_SHARE = 4;
    private static final int CONNECTIONS_USUAL_MIN = 64;
    private static final int CONNECTIONS_USUAL_MAX = 4_096;
    private static final int BODY_HEAP_SHARE = 24;

    /** One sender has half of them, in which the largest body must fit. */
    private static final int BODY_BYTES_MIN = 2 << 20;

    private static final Pattern ORIGIN =
            Pattern.compile(
                    "https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:]+](:[0-9]{1,5})?");

    private static final Kind<Integer> ANY_PORT = Kind.number(0, 65_535);
    private static final Variable<String> BIND =
            Variable.usual(
                    "BIND",
                    Kind.text(),
                    "127.0.0.1",
                    "The address the API listens on; 0.0.0.0 is all.");
    private static final Variable<Optional<Integer>> CONNECTIONS_MAX =
            Variable.usual(
                    "HTTP_CONNECTIONS_MAX",
                    Kind.number(1, 1_000_000).or("auto"),
                    "auto",
                    "Open connections of callers; auto is as many as fit in a quarter of the heap,"
                            + " at most 4096.");
    private static final Variable<Optional<Integer>> CONNECTIONS_PER_ADDRESS_MAX =
            Variable.usual(
                    "HTTP_CONNECTIONS_PER_ADDRESS_MAX",
                    Kind.number(1, 1_000_000).or("auto"),
                    "auto",
                    "How many of them one address has; auto is half of them. A proxy is one"
                            + " address.");
    private static final Variable<Optional<Integer>> BODY_BYTES_MAX =
            Variable.usual(
                    "HTTP_BODY_BYTES_MAX",
                    Kind.number(BODY_BYTES_MIN, Integer.MAX_VALUE).or("auto"),
                    "auto",
                    "Bytes of all request bodies that are held at once, of which a caller has at"
                            + " most what is left for all others, so one alone half; auto is a"
                            + " twenty-fourth of the heap.");
    private static final Variable<Set<String>> CORS_ORIGINS =
            Variable.optional(
                    "CORS_ORIGINS",
                    new Kind<>(
                            "origins such as https://shop.example, without a slash at the end, with"
                                    + " commas between them",
                            HttpVariables::origins),
                    "The origins whose pages a browser lets call what the role user may call, and"
                            + " nothing else; none unless set.");
    private static final Variable<String> MANAGEMENT_BIND =
            Variable.usual(
                    "MANAGEMENT_BIND",
                    Kind.text(),
                    "127.0.0.1",
                    "The address /metrics listens on.");
    private static final Variable<Integer> SHUTDOWN_SECONDS =
            Variable.usual(
                    "SHUTDOWN_SECONDS",
                    Kind.number(0, 3_600),
                    "20",
                    "How long a stopping process waits for requests that run.");

    private final Variable<Integer> port;
    private final Variable<Integer> managementPort;

    /** With the ports that are usual for this process. */
    public HttpVariables(int port, int managementPort) {
        this.port =
                Variable.usual(
                        "HTTP_PORT",
                        ANY_PORT,
                        Integer.toString(port),
                        "Where the API listens; 0 is any free port.");
        this.managementPort =
                Variable.usual(
                        "MANAGEMENT_PORT",
                        ANY_PORT,
                        Integer.toString(managementPort),
                        "Where Prometheus finds /metrics; 0 is any free port."
                                + " Without it, ./wallet up takes a free one, which ./wallet"
                                + " status names.");
    }

    /** All of them. */
    public List<Variable<?>> all() {
        return List.of(
                port,
                BIND,
                CONNECTIONS_MAX,
                CONNECTIONS_PER_ADDRESS_MAX,
                BODY_BYTES_MAX,
                CORS_ORIGINS,
                managementPort,
                MANAGEMENT_BIND,
                SHUTDOWN_SECONDS);
    }

    /** What they say. */
    public HttpSettings read(Environment environment) {
        long heap = Runtime.getRuntime().maxMemory();
        int connectionsMax = environment.get(CONNECTIONS_MAX).orElseGet(() -> connectionsFor(heap));
        return new HttpSettings(
                environment.get(BIND),
                environment.get(port),
                connectionsMax,
                environment.get(CONNECTIONS_PER_ADDRESS_MAX).orElse((connectionsMax + 1) / 2),
                environment
                        .get(BODY_BYTES_MAX)
                        .map(Integer::longValue)
                        .orElseGet(() -> bodyBytesFor(heap)),
                environment.given(CORS_ORIGINS).orElse(Set.of()),
                environment.get(MANAGEMENT_BIND),
                environment.get(managementPort),
                Duration.ofSeconds(environment.get(SHUTDOWN_SECONDS)));
    }

    /** Each may hold its buffers and half a request in the worst case. */
    static int connectionsFor(long heapBytes) {
        long fitting = heapBytes / HEAP_SHARE / CONNECTION_BYTES;
        return Math.clamp(fitting, CONNECTIONS_USUAL_MIN, CONNECTIONS_USUAL_MAX);
    }

    /**
     * What a body becomes while its request is handled is about ten times as large, so all of them
     * together take less than half of the heap.
     */
    static long bodyBytesFor(long heapBytes) {
        return Math.max(2L * BODY_BYTES_MIN, heapBytes / BODY_HEAP_SHARE);
    }

    private static Optional<Set<String>> origins(String text) {
        var origins = new LinkedHashSet<String>();
        for (var origin : text.split(",", -1)) {
            if (!ORIGIN.matcher(origin.strip()).matches()) {
                return Optional.empty();
            }
            origins.add(origin.strip());
        }
        return Optional.of(Collections.unmodifiableSet(origins));
    }
}
