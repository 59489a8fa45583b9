package digitalwallet.server;

import digitalwallet.process.Program;
import digitalwallet.process.Program.Running;
import java.time.InstantSource;

/** The wallet server, and the step before it. */
public final class Main {

    private Main() {}

    /**
     * Starts the server, and returns while it runs; with the argument {@code migrate} brings the
     * schema up to date and ends.
     */
    public static void main(String[] arguments) {
        Program.choose(
                arguments,
                () -> Program.run("wallet", Settings::read, Settings::log, Main::start),
                () -> Program.once("wallet", Migration::alone));
    }

    private static Running start(Settings settings) {
        var server = WalletServer.start(settings, InstantSource.system());
        return new Running(server.port(), server::close, server.failure());
    }
}
