package digitalwallet.local.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The first process of a cluster, which the cluster's own files name while it runs. */
public final class Postmaster {

    private Postmaster() {}

    /**
     * One or none.
     *
     * @param folder with the cluster in its folder {@code data}; need not exist
     */
    public static List<ProcessHandle> of(Path folder) {
        var data = folder.resolve("data");
        try {
            var lines = Folders.readUnlinked(data.resolve("postmaster.pid")).lines();
            var pid = Long.parseLong(lines.findFirst().orElse("").strip());
            var isOurs = Processes.commandLine(pid).contains(data.toString());
            return isOurs ? ProcessHandle.of(pid).stream().toList() : List.of();
        } catch (IOException | NumberFormatException _) {
            return List.of();
        }
    }
}
