package digitalwallet.server;

import digitalwallet.process.Program;
import digitalwallet.process.Program.Running;

/** The wallet server. */
public final class Main {

    private Main() {}

    /** Starts the server, and returns while it runs. */
    public static void main(String[] arguments) {
        Program.run("wallet", Settings::read, Settings::log, Main::start);
    }

    private static Running start(Settings settings) {
        var server = WalletServer.start(settings);
        return new Running(server.port(), server::close, server.failure());
    }
}
