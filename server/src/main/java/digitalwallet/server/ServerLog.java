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

    // Its one line for people is the database's address with sixty driver properties.
    private static final String TALKATIVE = "org.flywaydb.core.FlywayExecutor";

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
        logging.setLogLevel(TALKATIVE, LogLevel.WARN);
        // The framework reads them again when it starts.
        Map.of("logging.level.root", settings.level(), "logging.level." + TALKATIVE, "warn")
                .forEach(System::setProperty);
    }
}
