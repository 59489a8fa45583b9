package digitalwallet.server;

import org.slf4j.LoggerFactory;

/**
 * The wallet server. It is configured by its environment only and runs until it is told to stop
 * (SIGTERM).
 */
public final class Main {

    private Main() {}

    /** Starts the server; a setting that makes no sense ends it with one sentence. */
    public static void main(String[] arguments) {
        try {
            var settings = Settings.read(System.getenv());
            ServerLog.start(settings.log());
            var server = WalletServer.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            var _ = server.failure().thenAccept(Main::end);
            LoggerFactory.getLogger(Main.class).info("serving on port {}", server.port());
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Main.class).error("the server cannot start", e);
            System.exit(1);
        }
    }

    /** On a thread of its own: the one that found out is among those that the exit waits for. */
    private static void end(String sentence) {
        System.err.println(sentence);
        Thread.ofPlatform().name("end").start(() -> System.exit(1));
    }
}
