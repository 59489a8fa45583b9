package digitalwallet.process;

import digitalwallet.process.http.BoundedProtocol;
import digitalwallet.process.http.HttpLimits;
import digitalwallet.process.settings.HttpSettings;
import digitalwallet.process.settings.InvalidSettingException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The web server while it listens, and the framework's context with the objects that answer. */
public record WebServer(ConfigurableApplicationContext context) implements AutoCloseable {

    private static final String COMPRESSED =
            "application/json,application/problem+json,application/yaml,text/html,text/css,"
                    + "text/javascript";

    /**
     * What answers.
     *
     * @param configuration lists the resources
     * @param parts what the resources stand on, by type
     * @param properties for conditions of the configuration
     */
    public record Content(
            Class<?> configuration, Map<Class<?>, Object> parts, Map<String, Object> properties) {}

    /**
     * Starts to listen.
     *
     * @throws InvalidSettingException when the port is taken
     */
    public static WebServer open(HttpSettings settings, Content content, MeterRegistry registry) {
        var properties = properties(settings);
        properties.putAll(content.properties());
        var application = new SpringApplication(content.configuration());
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setEnvironment(OwnProperties.of(properties));
        // They would set up the log anew and look for files of properties.
        application.setListeners(List.of());
        application.addInitializers(
                context -> {
                    var beans = context.getBeanFactory();
                    content.parts().forEach(beans::registerResolvableDependency);
                    beans.registerResolvableDependency(HttpSettings.class, settings);
                    beans.registerResolvableDependency(MeterRegistry.class, registry);
                    beans.registerSingleton("bounds", bounds(settings, registry));
                });
        try {
            return new WebServer(application.run());
        } catch (PortInUseException taken) {
            throw new InvalidSettingException("The port " + taken.getPort() + " is taken.", taken);
        }
    }

    /** Where it listens. */
    public int port() {
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

    private static WebServerFactoryCustomizer<TomcatServletWebServerFactory> bounds(
            HttpSettings settings, MeterRegistry registry) {
        return new Bounds(settings, registry);
    }

    /** A class, because the framework asks for the type that is customized. */
    private record Bounds(HttpSettings settings, MeterRegistry registry)
            implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.setProtocol(BoundedProtocol.class.getName());
            factory.addConnectorCustomizers(
                    connector -> {
                        // Answered like every other method that is not allowed.
                        connector.setAllowTrace(true);
                        if (connector.getProtocolHandler() instanceof BoundedProtocol protocol) {
                            protocol.bound(HttpLimits.ofApi(settings), "api", registry);
                        }
                    });
        }
    }

    private static Map<String, Object> properties(HttpSettings settings) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("server.address", settings.bind());
        properties.put("server.port", settings.port());
        properties.put("server.shutdown", "graceful");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", settings.shutdownMax());
        // On Kubernetes the framework would believe what any caller says about proxies.
        properties.put("server.forward-headers-strategy", "none");
        properties.put("server.compression.enabled", true);
        properties.put("server.compression.min-response-size", "1KB");
        properties.put("server.compression.mime-types", COMPRESSED);
        properties.put("server.server-header", "");
        properties.put("spring.threads.virtual.enabled", true);
        properties.put("spring.mvc.formcontent.filter.enabled", false);
        properties.put("spring.web.resources.add-mappings", false);
        properties.put("spring.mvc.log-resolved-exception", false);
        properties.put("spring.mvc.publish-request-handled-events", false);
        return properties;
    }
}
