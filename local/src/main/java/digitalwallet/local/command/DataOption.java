package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every subcommand takes. */
final class DataOption {

    /** What to do when a folder turns out to be another one than was meant. */
    static final String ELSEWHERE =
            "if yours was started with --data or from another folder, give its folder with --data";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).",
            defaultValue = ".wallet",
            scope = ScopeType.INHERIT)
    private Path path = Path.of(".wallet");

    @Option(
            names = "--help",
            usageHelp = true,
            description = "Show this help.",
            scope = ScopeType.INHERIT)
    boolean help;

    DataFolder folder() {
        return DataFolder.at(path);
    }

    /** What is said of a folder on which nothing runs. */
    String nothingRuns(DataFolder folder) {
        return "not running: " + folder + (folder.hasBooks() ? "" : "; " + ELSEWHERE);
    }

    /** What a command says that needs a running wallet and finds none. */
    LocalFailure notRunning(String sentence) {
        return new LocalFailure(
                "The wallet on "
                        + folder()
                        + " "
                        + sentence
                        + "; start it with ./wallet up"
                        + repeated()
                        + ", or give the folder of yours with --data.");
    }

    /**
     * Warns a person who may have made something for another wallet than theirs.
     *
     * @param err standard error, because the result goes to standard output
     * @param verb what no other wallet does
     */
    void warnIfNew(DataFolder folder, PrintWriter err, String verb) {
        if (!folder.hasBooks() && RunningWallet.find(folder).isEmpty()) {
            err.println(
                    "No wallet has ever run in "
                            + folder
                            + ", so no other wallet "
                            + verb
                            + "; "
                            + ELSEWHERE
                            + ".");
            err.flush();
        }
    }

    /** What another command needs as an argument to mean the same folder; empty for the default. */
    String repeated() {
        var text = path.toString();
        return text.equals(".wallet")
                ? ""
                : " --data " + (text.contains(" ") ? "'" + text + "'" : text);
    }
}
