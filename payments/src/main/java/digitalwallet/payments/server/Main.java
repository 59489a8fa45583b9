package digitalwallet.payments.server;

import digitalwallet.payments.flow.Checkpoint;
import digitalwallet.process.Program;
import java.util.concurrent.CompletableFuture;

/** The payments service, and the step before it. */
public final class Main {

    private Main() {}

    /**
     * Starts the service, and returns while it runs; with the argument {@code migrate} brings the
     * schema up to date and ends.
     */
    public static void main(String[] arguments) {
        Program.choose(
                arguments,
                () -> Program.run("payments", Settings::read, Settings::log, Main::start),
                () -> Program.once("payments", Pool::migrate));
    }

    private static Program.Running start(Settings settings) {
        var server = PaymentsServer.start(settings, Checkpoint.NOTHING);
        return new Program.Running(server.port(), server::close, new CompletableFuture<>());
    }
}
