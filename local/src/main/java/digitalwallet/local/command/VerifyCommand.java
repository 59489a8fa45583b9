package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.folder.Running;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresAccess;
import digitalwallet.local.postgres.PostgresVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
    private static final String DIGEST_KEY = "WALLET_DIGEST_KEY_FILE";

    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() {
        var folder = data.folder();
        if (!folder.hasBooks()) {
            // Tokens and producers may be made before: a check makes no books.
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
                var _ = StopSignal.open(() -> {})) {
            var _ = folder.prepared();
            new Running(
                            "verify",
                            ProcessHandle.current().pid(),
                            "checking",
                            "",
                            0,
                            0,
                            "",
                            "",
                            0,
                            "")
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
        var variables = new HashMap<String, String>();
        variables.put("WALLET_DATABASE_URL", access.jdbcUrl());
        variables.put("WALLET_DATABASE_USER", access.user());
        variables.put("WALLET_DATABASE_PASSWORD", access.password());
        if (!System.getenv().containsKey(DIGEST_KEY)) {
            variables.put(DIGEST_KEY, folder.digestKey().toString());
        }
        var exit = ServerProgram.run(folder, MAIN, "-Xmx1g", variables, List.of());
        return exit == 0 || exit == ALTERED ? exit : COULD_NOT_CHECK;
    }
}
