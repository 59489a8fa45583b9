package digitalwallet.local.supervise;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.RunAs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The server's program, run once to bring the schema up to date before the server starts: it gets
 * the owner's password, which the server then does not have. Once it has ended in order it counts
 * as alive, so it is never run again.
 */
public final class MigrationChild implements Child {

    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dfile.encoding=UTF-8",
                    "--enable-native-access=ALL-UNNAMED");

    private final JavaProcess process;

    /**
     * For one data folder.
     *
     * @param jar of the server
     * @param environment is asked for when the database runs
     */
    public MigrationChild(
            DataFolder folder, Path jar, Supplier<Map<String, String>> environment, RunAs runAs) {
        process =
                new JavaProcess(
                        folder,
                        new JavaProcess.Launch(
                                "server",
                                name(),
                                jar,
                                JVM_OPTIONS,
                                List.of("migrate"),
                                environment,
                                runAs));
    }

    @Override
    public String name() {
        return "migration";
    }

    @Override
    public void start() {
        process.start();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive() || process.hasSucceeded();
    }

    @Override
    public boolean isReady() {
        return process.hasSucceeded();
    }

    @Override
    public String lastWords() {
        return process.lastWords();
    }

    @Override
    public void stop() {
        process.stop();
    }
}
