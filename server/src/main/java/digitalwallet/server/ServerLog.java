package digitalwallet.server;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** How the process logs: from its first line on, long before the web framework starts. */
final class ServerLog {

    /** Those that say much to people who did not ask, and how much of it is worth to be said. */
    private static final Map<String, LogLevel> TALKATIVE =
            Map.of(
                    // Its one line is the database's address with sixty driver properties.
                    "org.flywaydb.core.FlywayExecutor", LogLevel.WARN,
                    // A hundred properties of each client.
                    "org.apache.kafka", LogLevel.WARN,
                    // Every attempt to connect or to log in, some with a stack trace; the parts
                    // that use Kafka say once that it is away, and what to change.
                    "org.apache.kafka.clients.NetworkClient", LogLevel.OFF,
                    "org.apache.kafka.clients.Metadata", LogLevel.OFF,
                    "org.apache.kafka.clients.admin.internals.AdminMetadataManager", LogLevel.OFF);

    private ServerLog() {}

    /** Logs to standard output like this from now on. */
    static void start(Settings.Log settings) {
        var properties = new LinkedHashMap<String, Object>();
        if (settings.json()) {
            properties.put("logging.structured.format.console", "ecs");
            properties.put("logging.structured.ecs.service.name", "wallet");
        } else {
            properties.put("logging.pattern.level", "%5p %X{trace.id}");
        }
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("log", properties));
        var logging = LoggingSystem.get(ServerLog.class.getClassLoader());
        logging.beforeInitialize();
        new LoggingSystemProperties(environment).apply();
        logging.initialize(new LoggingInitializationContext(environment), null, null);
        var level = LogLevel.valueOf(settings.level().toUpperCase(Locale.ROOT));
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, level);
        TALKATIVE.forEach(logging::setLogLevel);
        // The framework reads them again when it starts.
        System.setProperty("logging.level.root", settings.level());
        TALKATIVE.forEach((name, most) -> System.setProperty("logging.level." + name, most.name()));
    }
}
