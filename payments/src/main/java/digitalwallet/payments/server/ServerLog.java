package digitalwallet.payments.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** How the process logs: from its first line on, before the web framework starts. */
final class ServerLog {

    // Kafka's clients print all their settings each time one is made, and every lost connection.
    private static final List<String> TALKATIVE =
            List.of("org.apache.kafka", "org.flywaydb.core.FlywayExecutor");

    private ServerLog() {}

    /** Logs to standard output like this from now on. */
    static void start(Settings.Log settings) {
        var properties = new LinkedHashMap<String, Object>();
        if (settings.json()) {
            properties.put("logging.structured.format.console", "ecs");
            properties.put("logging.structured.ecs.service.name", "payments");
        }
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("log", properties));
        var logging = LoggingSystem.get(ServerLog.class.getClassLoader());
        logging.beforeInitialize();
        new LoggingSystemProperties(environment).apply();
        logging.initialize(new LoggingInitializationContext(environment), null, null);
        var level = LogLevel.valueOf(settings.level().toUpperCase(Locale.ROOT));
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, level);
        // The framework reads them again when it starts.
        System.setProperty("logging.level.root", settings.level());
        for (var name : TALKATIVE) {
            logging.setLogLevel(name, LogLevel.ERROR);
            System.setProperty("logging.level." + name, "error");
        }
    }
}
