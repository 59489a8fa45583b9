package digitalwallet.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import digitalwallet.process.settings.HttpSettings;
import digitalwallet.process.settings.InvalidSettingException;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The metrics of a process and of its JVM, shown to Prometheus on a separate port that callers need
 * not reach.
 */
public final class MetricsPort implements AutoCloseable {

    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final HttpServer server;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    private MetricsPort(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to measure and to listen.
     *
     * @throws InvalidSettingException when the port is taken
     */
    public static MetricsPort open(HttpSettings settings) {
        var address = new InetSocketAddress(settings.managementBind(), settings.managementPort());
        try {
            var port = new MetricsPort(HttpServer.create(address, 0));
            port.measure();
            port.server.createContext("/", port::answer);
            port.server.start();
            return port;
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "The metrics cannot listen on " + address + ": " + e.getMessage() + ".", e);
        }
    }

    /** Where everything that is measured is registered. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        garbage.close();
    }

    private void measure() {
        garbage.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean found = exchange.getRequestURI().getPath().equals("/metrics");
            var text = found ? registry.scrape() : "see /metrics\n";
            var body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(found ? OK : NOT_FOUND, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
