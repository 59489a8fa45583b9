package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.folder.Running;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.supervise.Leftovers;
import digitalwallet.local.supervise.LogRotation;
import digitalwallet.local.supervise.Supervisor;
import java.io.PrintWriter;
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
        description =
                "Start PostgreSQL, Kafka, the wallet and the payments service, and keep them"
                        + " running until Ctrl-C.",
        footer = {
            "",
            "Variables of the servers are passed on to them, but up sets some itself and says which"
                    + " of yours it does not use: docs/operations/troubleshooting.md."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped in order",
            "1:already running, or it cannot run",
            "2:wrong arguments",
            "4:stopped in order, but a part of it had died too often and stayed down"
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

    @Option(
            names = "--payments-port",
            description = "Where the payments service listens (default: ${DEFAULT-VALUE}).",
            defaultValue = "${env:PAYMENTS_HTTP_PORT:-8081}")
    private int paymentsPort;

    @Option(
            names = "--without-kafka",
            description = "Neither Kafka nor what needs it: the synchronous wallet alone.")
    private boolean withoutKafka;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        requirePort(port);
        requirePort(paymentsPort);
        try (var signal = StopSignal.open(() -> say("stopping"))) {
            var folder = data.folder().created();
            var lock = FolderLock.take(folder, LOCK_PATIENCE);
            if (lock.isEmpty()) {
                return alreadyRunning(folder);
            }
            List<String> down;
            try (var _ = lock.get()) {
                down = run(folder, signal);
            }
            say(down.isEmpty() ? "stopped" : "stopped; down before: " + String.join(", ", down));
            int exitCode = down.isEmpty() ? 0 : StatusCommand.PART_DOWN;
            signal.exitsWith(exitCode);
            return exitCode;
        }
    }

    private void say(String word) {
        out().println(word);
        out().flush();
    }

    private static void requirePort(int port) {
        if (port < 1 || port > 65535) {
            throw new LocalFailure("A port is a number from 1 to 65535, not " + port + ".");
        }
    }

    private static void requireFree(int port, String option) {
        if (!FreePort.isFree(port)) {
            throw new LocalFailure(
                    "Port "
                            + port
                            + " is taken by another program; choose another with "
                            + option
                            + ".");
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
        say("already running: " + running.url());
        return 1;
    }

    /** Runs until it is told to stop; returns the names of what stayed down. */
    private List<String> run(DataFolder folder, StopSignal signal) {
        var url = "http://127.0.0.1:" + port;
        RunningWallet.up("starting", url, 0, 0, "", "", 0).write(folder);
        var _ = folder.prepared();
        folder.requireFreeDisk();
        Leftovers.endButPostgres(folder);
        requireFree(port, "--port");
        if (!withoutKafka && Installation.paymentsJar().isPresent()) {
            requireFree(paymentsPort, "--payments-port");
        }
        try (var journal = new Journal(folder.log("launcher"), out());
                var _ = LogRotation.start(folder.logs(), journal::say)) {
            var broker = withoutKafka ? new Broker.None() : Broker.wanted(System.getenv(), folder);
            UnusedVariables.sentences(System.getenv(), broker, port, paymentsPort)
                    .forEach(journal::say);
            var wallet = new WalletProcesses(folder, port, paymentsPort, broker);
            if (wallet.areStillRoot()) {
                journal.say(
                        "no other user can reach "
                                + folder
                                + " and the wallet's programs, so the servers run as root, without"
                                + " its privileges; folders that others can pass through are"
                                + " safer");
            }
            return supervise(folder, wallet, signal, journal);
        } finally {
            Running.forget(folder);
        }
    }

    private List<String> supervise(
            DataFolder folder, WalletProcesses wallet, StopSignal signal, Journal journal) {
        var supervisor = new Supervisor(wallet.stages(), journal::say);
        signal.stops(supervisor);
        supervisor.run(
                () -> {
                    wallet.ready().write(folder);
                    welcome(folder, wallet.ready());
                    journal.onlyToFile();
                },
                loss -> {
                    wallet.ready().without(loss.all()).write(folder);
                    journal.alarm(loss.sentence());
                });
        return supervisor.down();
    }

    private void welcome(DataFolder folder, Running ready) {
        var token = Installation.script() + " token";
        if (!ready.payments().isEmpty()) {
            out().printf("%nPayments with a sandbox bank: %s%n", ready.payments());
        }
        out().printf(
                        """

                        The wallet runs. Its data are in %1$s, its logs in %1$s/log, its API is described at %2$s/docs.
                        A token for a back-end service:  %3$s system%4$s
                        A token for the user alice:      %3$s user alice%4$s
                        A first deposit, ready to paste:

                        curl -X POST %2$s/deposit -H "Authorization: Bearer $(%3$s system%4$s)" -H 'Content-Type: application/json' -H 'Idempotency-Key: first-deposit' -d '{"user_id": "alice", "amount": "10.00", "initiated_by": "alice"}'

                        wallet ready: %2$s
                        """,
                        folder, ready.url(), token, data.repeated());
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
