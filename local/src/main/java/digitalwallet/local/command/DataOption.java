package digitalwallet.local.command;

import digitalwallet.local.folder.DataFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every subcommand takes. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).",
            defaultValue = ".wallet")
    private Path path = Path.of(".wallet");

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    boolean help;

    DataFolder folder() {
        return DataFolder.at(path);
    }

    /** What another command needs as an argument to mean the same folder; empty for the default. */
    String repeated() {
        var text = path.toString();
        return text.equals(".wallet")
                ? ""
                : " --data " + (text.contains(" ") ? "'" + text + "'" : text);
    }
}
