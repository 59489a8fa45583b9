package digitalwallet.local.command;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.Running;
import digitalwallet.local.supervise.LogRotation;
import digitalwallet.local.supervise.Probe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Say whether the wallet runs, and where.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:running",
            "2:wrong arguments",
            "3:not running",
            "4:running, but a part of it stays down"
        })
final class StatusCommand implements Callable<Integer> {

    private static final int NOT_RUNNING = 3;

    /** Of this command and of {@code up}. */
    static final int PART_DOWN = 4;

    @Mixin private DataOption data = new DataOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var folder = data.folder();
        var out = spec.commandLine().getOut();
        var running = RunningWallet.find(folder).filter(holder -> holder.command().equals("up"));
        if (running.isEmpty()) {
            out.println("not running");
            return NOT_RUNNING;
        }
        var wallet = running.get();
        if (!wallet.state().equals("ready")) {
            out.printf("%s: %s%ndata:     %s%n", wallet.state(), wallet.url(), folder);
            out.printf("%s", refusal(wallet.url()));
            return 0;
        }
        out.println(whole(wallet, folder));
        out.printf("%s", refusal(wallet.url()));
        if (wallet.down().isEmpty()) {
            return 0;
        }
        out.printf(
                "down:    %s (died too often; see %s, then stop and start the wallet)%n",
                wallet.down(), folder.log("launcher"));
        return PART_DOWN;
    }

    /** Why the wallet does not serve, as it says itself; empty when it serves or says nothing. */
    private static String refusal(String url) {
        try (var probe = new Probe(url)) {
            return probe.ask() instanceof Probe.Reply.Refused(var sentence)
                    ? "not ready: %s%n".formatted(sentence)
                    : "";
        }
    }

    private static String whole(Running wallet, DataFolder folder) {
        return """
        %s %s
        data:    %s
        metrics: http://127.0.0.1:%d/metrics
        postgres: 127.0.0.1:%d
        kafka:   %s
        payments: %s
        books:   %s
        logs:    %d MiB in %s
        launcher: process %d
        """
                .formatted(
                        wallet.down().isEmpty() ? "running:" : "partly running:",
                        wallet.url(),
                        folder,
                        wallet.managementPort(),
                        wallet.postgresPort(),
                        wallet.kafka().isEmpty() ? "none" : wallet.kafka(),
                        payments(wallet),
                        BooksStatus.read(wallet.managementPort()),
                        LogRotation.bytes(folder.logs()) >> 20,
                        folder.logs(),
                        wallet.processId());
    }

    private static String payments(Running wallet) {
        return wallet.payments().isEmpty()
                ? "none"
                : "%s (metrics: http://127.0.0.1:%d/metrics)"
                        .formatted(wallet.payments(), wallet.paymentsManagementPort());
    }
}
