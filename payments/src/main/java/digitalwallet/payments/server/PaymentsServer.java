package digitalwallet.payments.server;

import digitalwallet.gate.token.TokenVerifier;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.kafka.signature.MessageKeys;
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
import digitalwallet.payments.queue.UnsafeTopicException;
import digitalwallet.payments.queue.WalletReader;
import digitalwallet.payments.rest.Health;
import digitalwallet.payments.rest.RestConfiguration;
import digitalwallet.payments.rest.RestSettings;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.Outbox;
import digitalwallet.payments.store.Payments;
import digitalwallet.process.MetricsPort;
import digitalwallet.process.Parts;
import digitalwallet.process.WebServer;
import digitalwallet.process.clock.DatabaseClock;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.SecretFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running service; it stops in reverse order what it started. */
final class PaymentsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentsServer.class);

    private final Settings settings;
    private final Parts parts = new Parts();
    private final Map<Class<?>, Object> resources = new LinkedHashMap<>();
    private int port;
    private int managementPort;

    private PaymentsServer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts all of it.
     *
     * @param checkpoint is told each time the process reaches a point where it might die
     * @throws InvalidSettingException when it cannot run like this
     */
    static PaymentsServer start(Settings settings, BiConsumer<Checkpoint, UUID> checkpoint) {
        LOG.info("settings: {}", settings.shown());
        var server = new PaymentsServer(settings);
        try {
            server.startAll(checkpoint);
            return server;
        } catch (UnsafeTopicException e) {
            server.close();
            throw new InvalidSettingException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    /** Stops accepting requests and lets running work end. */
    @Override
    public void close() {
        parts.close();
    }

    private void startAll(BiConsumer<Checkpoint, UUID> checkpoint) {
        var signature =
                SecretFile.read("webhook key", settings.webhookKeyFile(), WebhookSignature::new);
        var metrics = parts.add(MetricsPort.open(settings.http()));
        managementPort = metrics.port();
        var registry = metrics.registry();
        var keys = keys();
        Topics.ensure(settings.kafka());
        var pool = parts.add(Pool.open(settings));
        var clock = parts.add(clock(pool, registry));
        var database = new Database(pool.source());
        var provider =
                settings.sandbox() ? new SandboxBank(pool.source(), clock) : new AbsentProvider();
        var flow = new PaymentFlow(database, settings.flow(), clock, registry);
        var news = new WalletNews(database, flow, provider, clock, checkpoint);

        var broker = parts.add(BrokerWatch.start(settings.kafka()));
        tellAgain(database);
        parts.add(Relay.start(database, settings.kafka(), keys, clock, checkpoint));
        var messages = new AuthenticReader(keys::find, settings.signatures().trustsBroker());
        parts.add(WalletReader.start(database, news, settings.kafka(), messages, registry));
        var work =
                parts.add(
                        ProviderWork.start(
                                database, flow, provider, settings.flow(), clock, checkpoint));
        parts.add(OverdueWatch.start(database, settings.flow(), clock, registry));

        resources.put(ProviderWork.class, work);
        resources.put(Provider.class, provider);
        resources.put(Health.class, new Health(database, broker));
        resources.put(TopUps.class, new TopUps(database, checkpoint));
        resources.put(Payments.class, new Payments(database));
        resources.put(Reconciliation.class, new Reconciliation(database, provider, clock));
        resources.put(Webhooks.class, new Webhooks(database, flow, clock, checkpoint));
        resources.put(WebhookSignature.class, signature);
        startHttp(clock, registry);
        if (settings.sandbox()) {
            var receiver = URI.create("http://" + ownHost() + ":" + port + "/webhooks/sandbox");
            parts.add(SandboxWebhooks.start(pool.source(), () -> receiver, signature, clock));
        }
    }

    private void tellAgain(Database database) {
        var since = settings.tellSince();
        if (since != null) {
            int told = new Outbox(database).tellSince(since);
            LOG.warn("{} events since {} are told again", told, since);
        }
    }

    private static DatabaseClock clock(Pool pool, MeterRegistry registry) {
        try {
            return DatabaseClock.start(InstantSource.system(), pool.source(), "payments", registry);
        } catch (SQLException e) {
            throw new InvalidSettingException("The database cannot be asked for its time.", e);
        }
    }

    private MessageKeys keys() {
        settings.signatures().warn("PAYMENTS_");
        return settings.signatures().events();
    }

    private String ownHost() {
        var bind = settings.http().bind();
        return bind.equals("0.0.0.0") || bind.equals("::") ? "127.0.0.1" : bind;
    }

    private void startHttp(DatabaseClock clock, MeterRegistry registry) {
        resources.put(TokenVerifier.class, new TokenVerifier(settings.tokens(), clock));
        resources.put(RestSettings.class, settings.rest());
        resources.put(InstantSource.class, clock);
        resources.put(DatabaseClock.class, clock);
        var content = new WebServer.Content(RestConfiguration.class, resources, Map.of());
        port = parts.add(WebServer.open(settings.http(), content, registry)).port();
    }
}
