package digitalwallet.local.supervise;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.RunAs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A Java process of the wallet that answers on HTTP. */
public final class ServerChild implements Child {

    /**
     * JVM options for such a process: little memory, and an end of the process when that is not
     * enough.
     */
    public static final List<String> JVM_OPTIONS =
            List.of(
                    // Alike: a heap that may grow is collected as if it were full all the time.
                    "-Xms344m",
                    "-Xmx344m",
                    "-XX:+UseG1GC",
                    // Commands and events on their way live for a second: in a young generation
                    // and survivors of the usual size they would be promoted by the million.
                    "-XX:+UnlockExperimentalVMOptions",
                    "-XX:G1NewSizePercent=40",
                    "-XX:SurvivorRatio=3",
                    "-XX:TargetSurvivorRatio=90",
                    "-XX:MaxGCPauseMillis=40",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dfile.encoding=UTF-8",
                    "--enable-native-access=ALL-UNNAMED");

    private final JavaProcess process;
    private final String title;
    private final Probe probe;
    private String refusal = "";

    /**
     * How to start one.
     *
     * @param name of the process, of its log and of its place in the data folder
     * @param title what people call it
     * @param jar is copied into the data folder, so that a build does not change it while it runs
     * @param environment is asked for at each start, when the children before this one run
     * @param runAs may also read the files of the data folder that the environment names
     * @param url where it is asked whether it serves
     */
    public record Launch(
            String name,
            String title,
            Path jar,
            List<String> jvmOptions,
            Supplier<Map<String, String>> environment,
            RunAs runAs,
            String url) {}

    public ServerChild(DataFolder folder, Launch launch) {
        title = launch.title();
        probe = new Probe(launch.url());
        process =
                new JavaProcess(
                        folder,
                        new JavaProcess.Launch(
                                launch.name(),
                                title,
                                launch.jar(),
                                launch.jvmOptions(),
                                List.of(),
                                launch.environment(),
                                launch.runAs()));
    }

    @Override
    public String name() {
        return title;
    }

    @Override
    public void start() {
        process.start();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public boolean isReady() {
        var reply = probe.ask();
        refusal = reply instanceof Probe.Reply.Refused(var sentence) ? sentence + " " : "";
        return reply instanceof Probe.Reply.Ready;
    }

    @Override
    public String lastWords() {
        return isAlive() ? refusal + process.lastWords() : process.lastWords();
    }

    @Override
    public void stop() {
        process.stop();
    }
}
