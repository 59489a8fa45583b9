package digitalwallet.payments.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Shows the metrics to Prometheus, on a port of their own that callers need not reach. */
record MetricsPort(HttpServer server) implements AutoCloseable {

    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    /**
     * Starts to listen.
     *
     * @throws InvalidSettingException when the port is taken
     */
    static MetricsPort open(Settings.Http settings, PrometheusMeterRegistry registry) {
        var address = new InetSocketAddress(settings.managementBind(), settings.managementPort());
        try {
            var server = HttpServer.create(address, 0);
            server.createContext("/", exchange -> answer(exchange, registry));
            server.start();
            return new MetricsPort(server);
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "The metrics cannot listen on " + address + ": " + e.getMessage() + ".", e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, PrometheusMeterRegistry registry)
            throws IOException {
        try (exchange) {
            boolean found = exchange.getRequestURI().getPath().equals("/metrics");
            var body =
                    (found ? registry.scrape() : "see /metrics\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(found ? OK : NOT_FOUND, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
