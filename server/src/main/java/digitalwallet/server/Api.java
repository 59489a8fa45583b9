package digitalwallet.server;

import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.rest.QueueAccess;
import digitalwallet.server.rest.RestSettings;
import digitalwallet.server.security.TokenVerifier;
import digitalwallet.server.watch.BooksWatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The REST API while it listens. */
record Api(ConfigurableApplicationContext context) implements AutoCloseable {

    /** What it stands on. */
    record Ground(
            Books books,
            BooksWatch watch,
            CommandReader reader,
            QueueAccess queue,
            MeterRegistry registry) {}

    /**
     * Listens.
     *
     * @throws InvalidSettingException when the port is taken
     */
    static Api open(Settings settings, Ground ground) {
        var application = new SpringApplication(HttpConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties(settings));
        application.addInitializers(
                context -> register(context.getBeanFactory(), settings, ground));
        try {
            return new Api(application.run());
        } catch (PortInUseException taken) {
            throw new InvalidSettingException("The port " + taken.getPort() + " is taken.", taken);
        }
    }

    int port() {
        var server = ((WebServerApplicationContext) context).getWebServer();
        if (server == null) {
            throw new IllegalStateException("the web server does not run");
        }
        return server.getPort();
    }

    /** Stops accepting and lets running requests end. */
    @Override
    public void close() {
        context.close();
    }

    private static void register(
            ConfigurableListableBeanFactory beans, Settings settings, Ground ground) {
        var books = ground.books();
        beans.registerResolvableDependency(BooksWatch.class, ground.watch());
        beans.registerResolvableDependency(RestSettings.class, settings.rest());
        beans.registerResolvableDependency(MeterRegistry.class, ground.registry());
        beans.registerResolvableDependency(DigestKey.class, books.digestKey());
        beans.registerResolvableDependency(CommandReader.class, ground.reader());
        beans.registerResolvableDependency(QueueAccess.class, ground.queue());
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
