package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the script tells the launcher about itself. */
final class Installation {

    private Installation() {}

    /** The server's runnable jar. */
    static Path serverJar() {
        var jar = Path.of(System.getProperty("wallet.server.jar", "server.jar")).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new LocalFailure("The server is not built: there is no " + jar + ".");
        }
        return jar;
    }

    /** How the person at the keyboard called the script. */
    static String script() {
        return System.getProperty("wallet.script", "./wallet");
    }
}
