package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.folder.Running;
import digitalwallet.local.supervise.Leftovers;
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
            say(data.nothingRuns(folder));
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
            var left = Leftovers.names(folder);
            Leftovers.end(folder);
            Running.forget(folder);
            if (running.isPresent()) {
                say("stopped");
            } else if (left.isEmpty()) {
                say(data.nothingRuns(folder));
            } else {
                say("stopped what was left running: " + String.join(", ", left));
            }
        }
        return 0;
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
    }
}
