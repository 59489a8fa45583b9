package digitalwallet.process.settings;

import java.time.Duration;
import java.util.List;

/** The variables that say where a process listens. */
public final class HttpVariables {

    private static final Kind<Integer> ANY_PORT = Kind.number(0, 65_535);
    private static final Variable<String> BIND =
            Variable.usual(
                    "BIND",
                    Kind.text(),
                    "127.0.0.1",
                    "The address the API listens on; 0.0.0.0 is all.");
    private static final Variable<Integer> CONNECTIONS_MAX =
            Variable.usual(
                    "HTTP_CONNECTIONS_MAX",
                    Kind.number(1, 1_000_000),
                    "4096",
                    "Open connections of callers; more wait.");
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
                        "Where Prometheus finds /metrics; 0 is any free port.");
    }

    /** All of them. */
    public List<Variable<?>> all() {
        return List.of(
                port, BIND, CONNECTIONS_MAX, managementPort, MANAGEMENT_BIND, SHUTDOWN_SECONDS);
    }

    /** What they say. */
    public HttpSettings read(Environment environment) {
        return new HttpSettings(
                environment.get(BIND),
                environment.get(port),
                environment.get(CONNECTIONS_MAX),
                environment.get(MANAGEMENT_BIND),
                environment.get(managementPort),
                Duration.ofSeconds(environment.get(SHUTDOWN_SECONDS)));
    }
}
