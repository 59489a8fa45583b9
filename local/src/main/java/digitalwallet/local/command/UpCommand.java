package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.folder.Running;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.supervise.PostgresChild;
import digitalwallet.local.supervise.ServerChild;
import digitalwallet.local.supervise.Supervisor;
import digitalwallet.local.token.LocalIssuer;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = "Start PostgreSQL and the wallet, and keep them running until Ctrl-C.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped in order",
            "1:already running, or it cannot run",
            "2:wrong arguments"
        })
final class UpCommand implements Callable<Integer> {

    private static final Duration LOCK_PATIENCE = Duration.ofMillis(500);
    private static final Duration ANNOUNCEMENT_PATIENCE = Duration.ofSeconds(2);

    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--port",
            description = "Where the wallet listens on 127.0.0.1 (default: ${DEFAULT-VALUE}).",
            defaultValue = "${env:WALLET_HTTP_PORT:-8080}")
    private int port;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (port < 1 || port > 65535) {
            throw new LocalFailure("A port is a number from 1 to 65535, not " + port + ".");
        }
        try (var signal = StopSignal.open()) {
            var folder = data.folder().created();
            var lock = FolderLock.take(folder, LOCK_PATIENCE);
            if (lock.isEmpty()) {
                return alreadyRunning(folder);
            }
            try (var _ = lock.get()) {
                run(folder, signal);
                return 0;
            } finally {
                out().flush();
            }
        }
    }

    private int alreadyRunning(DataFolder folder) {
        var running = RunningWallet.await(folder, ANNOUNCEMENT_PATIENCE);
        if (running.url().isEmpty()) {
            throw new LocalFailure(
                    "The data folder "
                            + folder
                            + " is in use by wallet "
                            + running.command()
                            + ".");
        }
        out().println("already running: " + running.url());
        out().flush();
        return 1;
    }

    private void run(DataFolder folder, StopSignal signal) {
        var url = "http://127.0.0.1:" + port;
        RunningWallet.up("starting", url, 0, 0).write(folder);
        var _ = folder.prepared();
        folder.requireFreeDisk();
        ServerChild.endLeftovers(folder);
        if (!FreePort.isFree(port)) {
            throw new LocalFailure(
                    "Port " + port + " is taken by another program; choose another with --port.");
        }
        try (var journal = new Journal(folder.log("launcher"), out())) {
            supervise(folder, url, signal, journal);
        } finally {
            Running.forget(folder);
        }
    }

    private void supervise(DataFolder folder, String url, StopSignal signal, Journal journal) {
        var managementPort = FreePort.any();
        var issuer = LocalIssuer.openOrCreate(folder.issuer());
        var postgres = new PostgresChild(folder);
        var server =
                new ServerChild(
                        folder,
                        new ServerChild.Launch(
                                "server",
                                Installation.serverJar(),
                                ServerChild.JVM_OPTIONS,
                                () ->
                                        ServerEnvironment.of(
                                                folder,
                                                postgres.postgres(),
                                                issuer,
                                                port,
                                                managementPort),
                                URI.create(url + "/readyz")));
        var supervisor = new Supervisor(List.of(postgres, server), journal::say);
        signal.stops(supervisor);
        supervisor.run(
                () -> {
                    RunningWallet.up("ready", url, postgres.postgres().port(), managementPort)
                            .write(folder);
                    welcome(folder, url);
                    journal.onlyToFile();
                });
    }

    private void welcome(DataFolder folder, String url) {
        var token = Installation.script() + " token";
        out().printf(
                        """

                        The wallet runs. Its data are in %1$s, its logs in %1$s/log, its API is described at %2$s/docs.
                        A token for a back-end service:  %3$s system%4$s
                        A token for the user alice:      %3$s user alice%4$s
                        A first deposit, ready to paste:

                        curl -X POST %2$s/deposit -H "Authorization: Bearer $(%3$s system%4$s)" -H 'Content-Type: application/json' -d '{"user_id": "alice", "amount": "10.00", "initiated_by": "alice"}'

                        wallet ready: %2$s
                        """,
                        folder, url, token, data.repeated());
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
