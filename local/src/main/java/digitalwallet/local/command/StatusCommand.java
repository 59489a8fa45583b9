package digitalwallet.local.command;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.folder.Running;
import digitalwallet.local.supervise.Leftovers;
import digitalwallet.local.supervise.LogRotation;
import digitalwallet.local.supervise.Probe;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final String PAYMENTS = "payments service";

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
            out.println(absence(folder));
            return NOT_RUNNING;
        }
        var wallet = running.get();
        if (!wallet.state().equals("ready")) {
            out.printf("%s: %s%ndata:     %s%n", wallet.state(), wallet.url(), folder);
            out.printf("%s", refusal(wallet.url()));
            return 0;
        }
        out.printf("%s", whole(wallet, folder));
        out.printf("%s", refusal(wallet.url()));
        return wallet.down().isEmpty() ? 0 : PART_DOWN;
    }

    /** Who holds the folder's lock is no launcher that died. */
    private String absence(DataFolder folder) {
        var left = FolderLock.isHeld(folder) ? List.<String>of() : Leftovers.names(folder);
        return left.isEmpty()
                ? data.nothingRuns(folder)
                : "the launcher died; these still run: %s%ndata:    %s%nend them: ./wallet stop%s"
                        .formatted(String.join(", ", left), folder, data.repeated());
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
        %sdata:    %s
        metrics: %s
        postgres: %s
        kafka:   %s
        payments: %s
        books:   %s
        logs:    %d MiB in %s
        launcher: process %d
        """
                .formatted(
                        wallet.down().isEmpty() ? "running:" : "partly running:",
                        at(wallet, "server", wallet.url()),
                        down(wallet, folder),
                        folder,
                        at(wallet, "server", metrics(wallet.managementPort())),
                        at(wallet, "PostgreSQL", "127.0.0.1:" + wallet.postgresPort()),
                        wallet.kafka().isEmpty() ? "none" : at(wallet, "Kafka", wallet.kafka()),
                        payments(wallet),
                        BooksStatus.read(wallet.managementPort()),
                        LogRotation.bytes(folder.logs()) >> 20,
                        folder.logs(),
                        wallet.processId());
    }

    /** One line for each part that stays down, before the addresses of the others. */
    private static String down(Running wallet, DataFolder folder) {
        return parts(wallet)
                .map(
                        part ->
                                "down:    %s (died too often; see %s, then stop and start the wallet)%n"
                                        .formatted(part, folder.log(log(part))))
                .collect(Collectors.joining());
    }

    private static Stream<String> parts(Running wallet) {
        return Stream.of(wallet.down().split(", ")).filter(part -> !part.isEmpty());
    }

    /** The log of a part, as its children name it. */
    private static String log(String part) {
        return switch (part) {
            case "PostgreSQL" -> "postgres";
            case "Kafka" -> "kafka";
            case PAYMENTS -> "payments";
            default -> part;
        };
    }

    /** An address where nothing answers says so. */
    private static String at(Running wallet, String part, String address) {
        return parts(wallet).anyMatch(part::equals) ? address + " (down)" : address;
    }

    private static String payments(Running wallet) {
        return wallet.payments().isEmpty()
                ? "none"
                : at(
                        wallet,
                        PAYMENTS,
                        "%s (metrics: %s)"
                                .formatted(
                                        wallet.payments(),
                                        metrics(wallet.paymentsManagementPort())));
    }

    private static String metrics(int port) {
        return "http://127.0.0.1:%d/metrics".formatted(port);
    }
}
