package digitalwallet.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import digitalwallet.process.settings.LogSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a process logs of what others say. */
final class ProcessLogTest {

    @AfterEach
    void logAsBefore() throws Exception {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }

    @Test
    void the_web_server_repeats_no_header_whatever_the_level() {
        for (var level : new String[] {"info", "debug"}) {
            ProcessLog.start(new LogSettings(false, level), "demo");
            assertThat(LoggerFactory.getLogger("org.apache.coyote.http11.Http11Processor"))
                    .as(level)
                    .returns(false, logger -> logger.isInfoEnabled())
                    .returns(true, logger -> logger.isWarnEnabled());
        }
    }
}
