package digitalwallet.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import digitalwallet.process.settings.LogSettings;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;

/**
 * How a process logs: to standard output, from its first line on. It is set up here and not by the
 * framework, because any variable of the environment could change the framework's patterns, levels
 * and files.
 */
public final class ProcessLog {

    private static final String LINE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %5p %X{trace.id} "
                    + ProcessHandle.current().pid()
                    + " --- [%15.15t] %-40.40logger{39} : %m%n%ex";

    /** Loggers that say more than anybody asked for, each with the level that is worth logging. */
    private static final Map<String, Level> TALKATIVE =
            Map.of(
                    // Its one line is the database's address with sixty driver properties.
                    "org.flywaydb.core.FlywayExecutor",
                    Level.WARN,
                    // A hundred properties of each client.
                    "org.apache.kafka",
                    Level.WARN,
                    // Every attempt to connect or to log in, some with a stack trace; the parts
                    // that use Kafka say once that it is away, and what to change.
                    "org.apache.kafka.clients.NetworkClient",
                    Level.OFF,
                    "org.apache.kafka.clients.Metadata",
                    Level.OFF,
                    "org.apache.kafka.clients.admin.internals.AdminMetadataManager",
                    Level.OFF,
                    // The web server counts its own starts and stops.
                    "org.apache.catalina.util.LifecycleBase",
                    Level.ERROR,
                    "org.apache.catalina.startup.DigesterFactory",
                    Level.ERROR,
                    // It would repeat a malformed header, with the token that stands in it.
                    "org.apache.coyote.http11",
                    Level.WARN,
                    // It would repeat each path that a caller made up.
                    "org.springframework.web.servlet.PageNotFound",
                    Level.ERROR,
                    "org.apache.tomcat.util.net.NioSelectorPool",
                    Level.WARN);

    private ProcessLog() {}

    /**
     * Makes the process log like this from now on.
     *
     * @param service what the process is called in logs of several processes
     */
    public static void start(LogSettings settings, String service) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setEncoder(settings.json() ? json(context, service) : text(context));
        console.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(settings.level()));
        root.addAppender(console);
        TALKATIVE.forEach((name, level) -> context.getLogger(name).setLevel(level));
        bridge(context);
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        encoder.start();
        return encoder;
    }

    /** One object of the Elastic Common Schema a line. */
    private static Encoder<ILoggingEvent> json(LoggerContext context, String service) {
        var properties =
                OwnProperties.of(
                        Map.of(
                                "logging.structured.ecs.service.name",
                                service,
                                "spring.application.pid",
                                ProcessHandle.current().pid()));
        context.putObject(Environment.class.getName(), properties);
        var encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat("ecs");
        encoder.start();
        return encoder;
    }

    /** Bridges the JDK's logging, which the web server uses. */
    private static void bridge(LoggerContext context) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        var levels = new LevelChangePropagator();
        levels.setContext(context);
        levels.setResetJUL(true);
        levels.start();
        context.addListener(levels);
    }
}
