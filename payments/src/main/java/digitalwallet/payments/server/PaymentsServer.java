package digitalwallet.payments.server;

import digitalwallet.payments.flow.Checkpoint;
import digitalwallet.payments.flow.OverdueWatch;
import digitalwallet.payments.flow.PaymentFlow;
import digitalwallet.payments.flow.ProviderWork;
import digitalwallet.payments.flow.Reconciliation;
import digitalwallet.payments.flow.TopUps;
import digitalwallet.payments.flow.WalletNews;
import digitalwallet.payments.flow.Webhooks;
import digitalwallet.payments.provider.AbsentProvider;
import digitalwallet.payments.provider.Provider;
import digitalwallet.payments.provider.SandboxBank;
import digitalwallet.payments.provider.SandboxWebhooks;
import digitalwallet.payments.provider.WebhookSignature;
import digitalwallet.payments.queue.BrokerWatch;
import digitalwallet.payments.queue.Relay;
import digitalwallet.payments.queue.Topics;
import digitalwallet.payments.queue.WalletReader;
import digitalwallet.payments.rest.Health;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.Payments;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A running service; what it started is stopped in reverse. */
final class PaymentsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentsServer.class);
    private static final InstantSource CLOCK = InstantSource.system();

    private final Settings settings;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Class<?>, Object> parts = new LinkedHashMap<>();
    private int port;
    private int managementPort;

    private PaymentsServer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts all of it.
     *
     * @param checkpoint told wherever the process might die
     * @throws InvalidSettingException when it cannot run like this
     */
    static PaymentsServer start(Settings settings, BiConsumer<Checkpoint, UUID> checkpoint) {
        LOG.info("settings: {}", settings.shown());
        var server = new PaymentsServer(settings);
        try {
            server.startAll(checkpoint);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e instanceof PortInUseException taken
                    ? new InvalidSettingException(
                            "The port " + taken.getPort() + " is taken.", taken)
                    : e;
        }
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    /** Stops accepting, lets running work end. */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("stopping: {}", e.getMessage(), e);
            }
        }
        LOG.info("stopped");
    }

    private void startAll(BiConsumer<Checkpoint, UUID> checkpoint) {
        var signature = signature();
        Topics.ensure(settings.kafka());
        var pool = started(Pool.open(settings));
        var database = new Database(pool.source());
        var provider =
                settings.sandbox() ? new SandboxBank(pool.source(), CLOCK) : new AbsentProvider();
        var flow = new PaymentFlow(database, settings.flow(), CLOCK, registry);
        var news = new WalletNews(database, flow, provider, CLOCK, checkpoint);

        var broker = started(BrokerWatch.start(settings.kafka()));
        started(Relay.start(database, settings.kafka(), CLOCK, checkpoint));
        started(WalletReader.start(database, news, settings.kafka(), registry));
        var work =
                started(
                        ProviderWork.start(
                                database, flow, provider, settings.flow(), CLOCK, checkpoint));
        started(OverdueWatch.start(database, settings.flow(), CLOCK, registry));

        parts.put(ProviderWork.class, work);
        parts.put(Provider.class, provider);
        parts.put(Health.class, new Health(database, broker));
        parts.put(TopUps.class, new TopUps(database, checkpoint));
        parts.put(Payments.class, new Payments(database));
        parts.put(Reconciliation.class, new Reconciliation(database, provider, CLOCK));
        parts.put(Webhooks.class, new Webhooks(database, flow, CLOCK, checkpoint));
        parts.put(WebhookSignature.class, signature);
        startHttp();
        if (settings.sandbox()) {
            var receiver = URI.create("http://" + ownHost() + ":" + port + "/webhooks/sandbox");
            started(SandboxWebhooks.start(pool.source(), () -> receiver, signature, CLOCK));
        }
        managementPort = started(MetricsPort.open(settings.http(), registry)).port();
    }

    private String ownHost() {
        var bind = settings.http().bind();
        return bind.equals("0.0.0.0") || bind.equals("::") ? "127.0.0.1" : bind;
    }

    private void startHttp() {
        parts.put(settings.rest().getClass(), settings.rest());
        parts.put(InstantSource.class, CLOCK);
        var http = started(application().run());
        var server = ((WebServerApplicationContext) http).getWebServer();
        if (server == null) {
            throw new IllegalStateException("the web server does not run");
        }
        port = server.getPort();
    }

    private <T extends AutoCloseable> T started(T part) {
        running.push(part);
        return part;
    }

    private WebhookSignature signature() {
        var file = settings.webhookKeyFile();
        try {
            return new WebhookSignature(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidSettingException("The webhook key " + file + " cannot be read.", e);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "The webhook key " + file + " is too short: " + e.getMessage() + ".", e);
        }
    }

    private SpringApplication application() {
        var application = new SpringApplication(HttpConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties());
        application.addInitializers(this::register);
        return application;
    }

    private void register(ConfigurableApplicationContext context) {
        var beans = context.getBeanFactory();
        parts.forEach(beans::registerResolvableDependency);
    }

    private Map<String, Object> properties() {
        var http = settings.http();
        var properties = new LinkedHashMap<String, Object>();
        properties.put("server.address", http.bind());
        properties.put("server.port", http.port());
        properties.put("server.shutdown", "graceful");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", http.shutdownMax());
        properties.put("server.server-header", "");
        properties.put("spring.threads.virtual.enabled", true);
        properties.put("spring.mvc.formcontent.filter.enabled", false);
        properties.put("spring.web.resources.add-mappings", false);
        properties.put("spring.mvc.log-resolved-exception", false);
        return properties;
    }
}
