package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.folder.Running;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.supervise.ServerChild;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "stop",
        description =
                "Stop the wallet and wait until it has stopped; also what a killed launcher left"
                        + " running.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing runs any more", "1:it does not stop", "2:wrong arguments"})
final class StopCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Mixin private DataOption data = new DataOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var folder = data.folder();
        if (!folder.exists()) {
            say("not running");
            return 0;
        }
        var running = RunningWallet.find(folder);
        running.map(Running::processId)
                .flatMap(ProcessHandle::of)
                .ifPresent(ProcessHandle::destroy);
        var lock =
                FolderLock.take(folder, PATIENCE)
                        .orElseThrow(
                                () ->
                                        new LocalFailure(
                                                "The wallet on " + folder + " does not stop."));
        try (lock) {
            endLeftovers(folder);
        }
        say(running.isPresent() ? "stopped" : "not running");
        return 0;
    }

    private static void endLeftovers(DataFolder folder) {
        ServerChild.endLeftovers(folder);
        LocalKafka.endLeftovers(folder.kafka());
        LocalPostgres.endLeftovers(folder.postgres(), PostgresVersion.V18, folder.log("postgres"));
        Running.forget(folder);
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
    }
}
