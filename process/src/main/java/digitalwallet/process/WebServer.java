package digitalwallet.process;

import digitalwallet.process.settings.HttpSettings;
import digitalwallet.process.settings.InvalidSettingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The web server while it listens, and the framework's context with the objects that answer. */
public record WebServer(ConfigurableApplicationContext context) implements AutoCloseable {

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
    public static WebServer open(HttpSettings settings, Content content) {
        var properties = properties(settings);
        properties.putAll(content.properties());
        var application = new SpringApplication(content.configuration());
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setEnvironment(OwnProperties.of(properties));
        // They would set up the log anew and look for files of properties.
        application.setListeners(List.of());
        application.addInitializers(context -> register(context.getBeanFactory(), content.parts()));
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

    private static void register(
            ConfigurableListableBeanFactory beans, Map<Class<?>, Object> parts) {
        parts.forEach(beans::registerResolvableDependency);
    }

    private static Map<String, Object> properties(HttpSettings settings) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("server.address", settings.bind());
        properties.put("server.port", settings.port());
        properties.put("server.shutdown", "graceful");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", settings.shutdownMax());
        // On Kubernetes the framework would believe what any caller says about proxies.
        properties.put("server.forward-headers-strategy", "none");
        properties.put("server.tomcat.max-connections", settings.connectionsMax());
        // Tomcat would close every connection after a hundred requests.
        properties.put("server.tomcat.max-keep-alive-requests", -1);
        // Beyond 200 connections Tomcat would make its buffers anew for every request.
        properties.put("server.tomcat.processor-cache", settings.connectionsMax());
        properties.put("server.server-header", "");
        properties.put("spring.threads.virtual.enabled", true);
        properties.put("spring.mvc.formcontent.filter.enabled", false);
        properties.put("spring.web.resources.add-mappings", false);
        properties.put("spring.mvc.log-resolved-exception", false);
        properties.put("spring.mvc.publish-request-handled-events", false);
        return properties;
    }
}
