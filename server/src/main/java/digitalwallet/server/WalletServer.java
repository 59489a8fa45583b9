package digitalwallet.server;

import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.check.BooksCheck;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.server.rest.RestSettings;
import digitalwallet.server.security.TokenVerifier;
import digitalwallet.server.watch.BooksWatch;
import digitalwallet.server.watch.KeySweep;
import digitalwallet.server.watch.Schedule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A running server: the books below, the API above, the metrics beside. */
final class WalletServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WalletServer.class);

    private final Books books;
    private final MetricsPort metrics;
    private final ConfigurableApplicationContext http;
    private final JvmGcMetrics garbage;
    private final Schedule schedule;

    private WalletServer(
            Books books,
            MetricsPort metrics,
            ConfigurableApplicationContext http,
            JvmGcMetrics garbage,
            Schedule schedule) {
        this.books = books;
        this.metrics = metrics;
        this.http = http;
        this.garbage = garbage;
        this.schedule = schedule;
    }

    /**
     * Starts all of it.
     *
     * @throws InvalidSettingException when it cannot run like this
     */
    static WalletServer start(Settings settings) {
        LOG.info("settings: {}", settings.shown());
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var garbage = new JvmGcMetrics();
        garbage.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        var books = Books.open(settings, registry);
        var clock = InstantSource.system();
        var watch = new BooksWatch(new BooksCheck(books.dataSource()), clock, registry);
        try {
            var http = application(settings, books, watch, registry).run();
            return new WalletServer(
                    books,
                    MetricsPort.open(settings.http(), registry),
                    http,
                    garbage,
                    schedule(settings.housekeeping(), books, watch, clock));
        } catch (RuntimeException e) {
            books.close();
            throw e instanceof PortInUseException taken
                    ? new InvalidSettingException(
                            "The port " + taken.getPort() + " is taken.", taken)
                    : e;
        }
    }

    private static Schedule schedule(
            Settings.Housekeeping settings, Books books, BooksWatch watch, InstantSource clock) {
        var sweep = new KeySweep(books.dataSource(), settings.keysKept());
        var spread = settings.checkInterval().dividedBy(2);
        var schedule =
                new Schedule(clock)
                        .every(settings.checkInterval(), "the check", () -> watch.inPassing(spread))
                        .every(settings.sweepInterval(), "the sweep", sweep::run);
        var fullCheckAt = settings.fullCheckAt();
        return fullCheckAt == null
                ? schedule
                : schedule.daily(fullCheckAt, "the full check", watch::full);
    }

    int port() {
        var server = ((WebServerApplicationContext) http).getWebServer();
        if (server == null) {
            throw new IllegalStateException("the web server does not run");
        }
        return server.getPort();
    }

    int managementPort() {
        return metrics.port();
    }

    ConfigurableApplicationContext context() {
        return http;
    }

    /** Stops accepting, lets running requests end, drains the lanes and gives them back. */
    @Override
    public void close() {
        LOG.info("stopping");
        http.close();
        schedule.close();
        books.close();
        garbage.close();
        metrics.close();
        LOG.info("stopped");
    }

    private static SpringApplication application(
            Settings settings, Books books, BooksWatch watch, MeterRegistry registry) {
        var application = new SpringApplication(HttpConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties(settings));
        application.addInitializers(
                context -> register(context.getBeanFactory(), settings, books, watch, registry));
        return application;
    }

    private static void register(
            ConfigurableListableBeanFactory beans,
            Settings settings,
            Books books,
            BooksWatch watch,
            MeterRegistry registry) {
        beans.registerResolvableDependency(BooksWatch.class, watch);
        beans.registerResolvableDependency(RestSettings.class, settings.rest());
        beans.registerResolvableDependency(MeterRegistry.class, registry);
        beans.registerResolvableDependency(DigestKey.class, books.digestKey());
        beans.registerResolvableDependency(PostingEngine.class, books.engine());
        beans.registerResolvableDependency(DataSource.class, books.dataSource());
        beans.registerResolvableDependency(InstantSource.class, InstantSource.system());
        beans.registerResolvableDependency(
                TokenVerifier.class, new TokenVerifier(settings.tokens(), InstantSource.system()));
    }

    private static Map<String, Object> properties(Settings settings) {
        var http = settings.http();
        var properties = new LinkedHashMap<String, Object>();
        properties.put("server.address", http.bind());
        properties.put("server.port", http.port());
        properties.put("server.shutdown", "graceful");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", http.shutdownMax());
        properties.put("server.tomcat.max-connections", http.connectionsMax());
        // Tomcat would close every connection after a hundred requests.
        properties.put("server.tomcat.max-keep-alive-requests", -1);
        // Beyond 200 connections Tomcat would make its buffers anew for every request.
        properties.put("server.tomcat.processor-cache", http.connectionsMax());
        properties.put("server.server-header", "");
        properties.put("spring.threads.virtual.enabled", true);
        properties.put("spring.mvc.formcontent.filter.enabled", false);
        properties.put("spring.web.resources.add-mappings", false);
        properties.put("spring.mvc.log-resolved-exception", false);
        properties.put("spring.mvc.publish-request-handled-events", false);
        properties.put("wallet.bench", settings.rest().bench());
        return properties;
    }
}
