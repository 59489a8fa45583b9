package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.Processes;
import digitalwallet.local.postgres.RunAs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the script tells the launcher about itself. */
final class Installation {

    private Installation() {}

    /** The server's runnable jar. */
    static Path serverJar() {
        return jar("server", System.getProperty("wallet.server.jar", "server.jar"));
    }

    /** The payments service's runnable jar; empty where the script names none. */
    static Optional<Path> paymentsJar() {
        return Optional.ofNullable(System.getProperty("wallet.payments.jar"))
                .map(path -> jar("payments service", path));
    }

    /** The user that our programs run as on this folder. */
    static RunAs runAs(DataFolder folder) {
        return RunAs.forJava(
                "The wallet's server", folder.run(), List.of(Processes.java(), serverJar()));
    }

    private static Path jar(String what, String path) {
        var jar = Path.of(path).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new LocalFailure("The " + what + " is not built: there is no " + jar + ".");
        }
        return jar;
    }

    /** How the person at the keyboard called the script. */
    static String script() {
        return System.getProperty("wallet.script", "./wallet");
    }
}
