package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.folder.Running;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresAccess;
import digitalwallet.local.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "verify",
        description = "Check all the books, row by row, whether the wallet runs or not.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the books are sound", "1:the books were altered", "2:could not check"})
final class VerifyCommand implements Callable<Integer> {

    static final int COULD_NOT_CHECK = 2;
    private static final int ALTERED = 1;
    private static final Duration LOCK_PATIENCE = Duration.ofMillis(500);
    private static final String MAIN = "digitalwallet.ledger.check.Verify";
    private static final String LAUNCHER =
            "org.springframework.boot.loader.launch.PropertiesLauncher";

    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() {
        var folder = data.folder();
        if (!folder.exists()) {
            throw new LocalFailure("There are no books in " + folder + ".");
        }
        var lock = FolderLock.take(folder, LOCK_PATIENCE);
        return lock.isEmpty() ? verifyRunning(folder) : verifyStopped(folder, lock.get());
    }

    private int verifyRunning(DataFolder folder) {
        var port = RunningWallet.find(folder).map(Running::postgresPort).orElse(0);
        if (port == 0) {
            throw new LocalFailure(
                    "The wallet on " + folder + " is starting or stopping; try again in a moment.");
        }
        return verify(folder, PostgresAccess.reader(folder.postgres(), port));
    }

    private int verifyStopped(DataFolder folder, FolderLock lock) {
        try (lock;
                var _ = StopSignal.open()) {
            var _ = folder.prepared();
            new Running("verify", ProcessHandle.current().pid(), "checking", "", 0, 0)
                    .write(folder);
            try (var postgres =
                    LocalPostgres.start(
                            folder.postgres(),
                            PostgresVersion.V18,
                            Map.of(),
                            folder.log("postgres"))) {
                return verify(folder, PostgresAccess.reader(folder.postgres(), postgres.port()));
            } finally {
                Running.forget(folder);
            }
        }
    }

    private static int verify(DataFolder folder, PostgresAccess access) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Installation.serverJar();
        requireCheck(jar);
        var builder =
                new ProcessBuilder(
                        List.of(
                                java,
                                "-Xmx1g",
                                "-Dloader.main=" + MAIN,
                                "-cp",
                                jar.toString(),
                                LAUNCHER));
        builder.environment().put("WALLET_DATABASE_URL", access.jdbcUrl());
        builder.environment().put("WALLET_DATABASE_USER", access.user());
        builder.environment().put("WALLET_DATABASE_PASSWORD", access.password());
        builder.environment().putIfAbsent("WALLET_DIGEST_KEY_FILE", folder.digestKey().toString());
        try {
            var exit = builder.inheritIO().start().waitFor();
            return exit == 0 || exit == ALTERED ? exit : COULD_NOT_CHECK;
        } catch (IOException e) {
            throw new LocalFailure("The check cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("The check was interrupted.", e);
        }
    }

    /** A class that is not found ends a JVM with the exit code that says the books were altered. */
    private static void requireCheck(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            if (zip.getEntry(LAUNCHER.replace('.', '/') + ".class") == null) {
                throw new LocalFailure("There is no check of the books in " + jar + ".");
            }
        } catch (IOException e) {
            throw new LocalFailure("The server's jar cannot be read: " + jar + ".", e);
        }
    }
}
