package digitalwallet.process;

import digitalwallet.process.http.BoundedProtocol;
import digitalwallet.process.http.HttpLimits;
import digitalwallet.process.http.MetricsAdapter;
import digitalwallet.process.settings.HttpSettings;
import digitalwallet.process.settings.InvalidSettingException;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of a process and of its JVM, shown to Prometheus on a separate port that callers need
 * not reach.
 */
public final class MetricsPort implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsPort.class);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final ScheduledExecutorService chores =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("metrics-port").factory());
    private final BoundedProtocol protocol = new BoundedProtocol();

    private MetricsPort() {}

    /**
     * Starts to measure and to listen.
     *
     * @throws InvalidSettingException when the port is taken
     */
    public static MetricsPort open(HttpSettings settings) {
        var address = new InetSocketAddress(settings.managementBind(), settings.managementPort());
        var port = new MetricsPort();
        try {
            port.measure();
            port.listen(address);
            return port;
        } catch (Exception e) {
            port.close();
            throw new InvalidSettingException(
                    "The metrics cannot listen on " + address + ": " + e.getMessage() + ".", e);
        }
    }

    private void listen(InetSocketAddress address) throws Exception {
        protocol.bound(HttpLimits.ofMetrics(), "metrics", registry);
        protocol.setAddress(address.getAddress());
        protocol.setPort(address.getPort());
        protocol.setAdapter(new MetricsAdapter(registry));
        protocol.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        protocol.setUtilityExecutor(chores);
        protocol.init();
        protocol.start();
    }

    /** Where everything that is measured is registered. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Where it listens. */
    public int port() {
        return protocol.getLocalPort();
    }

    @Override
    public void close() {
        try {
            protocol.stop();
            protocol.destroy();
        } catch (Exception e) {
            LOG.warn("the metrics did not stop in order", e);
        }
        chores.shutdownNow();
        garbage.close();
    }

    private void measure() {
        garbage.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }
}
