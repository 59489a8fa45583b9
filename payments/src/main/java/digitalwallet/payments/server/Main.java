package digitalwallet.payments.server;

import digitalwallet.payments.flow.Checkpoint;
import digitalwallet.payments.queue.UnsafeTopicException;
import org.slf4j.LoggerFactory;

/**
 * The payments service. It is configured by its environment only and runs until it is told to stop
 * (SIGTERM).
 */
public final class Main {

    private Main() {}

    /** Starts the service; a setting that makes no sense ends it with one sentence. */
    public static void main(String[] arguments) {
        try {
            var settings = Settings.read(System.getenv());
            ServerLog.start(settings.log());
            var server = PaymentsServer.start(settings, Checkpoint.NOTHING);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            LoggerFactory.getLogger(Main.class).info("serving on port {}", server.port());
        } catch (InvalidSettingException | UnsafeTopicException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Main.class).error("the payments service cannot start", e);
            System.exit(1);
        }
    }
}
