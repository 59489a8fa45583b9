package digitalwallet.local.supervise;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.RunAs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
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
                    "-Xms360m",
                    "-Xmx360m",
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

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();
    private final JavaProcess process;
    private final String title;
    private final URI readiness;

    /**
     * How to start one.
     *
     * @param name of the process, of its log and of its place in the data folder
     * @param title what people call it
     * @param jar is copied into the data folder, so that a build does not change it while it runs
     * @param environment is asked for at each start, when the children before this one run
     * @param runAs may also read the files of the data folder that the environment names
     */
    public record Launch(
            String name,
            String title,
            Path jar,
            List<String> jvmOptions,
            Supplier<Map<String, String>> environment,
            RunAs runAs,
            URI readiness) {}

    public ServerChild(DataFolder folder, Launch launch) {
        title = launch.title();
        readiness = launch.readiness();
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

    /** Ends all such processes that a killed launcher left on this data folder. */
    public static void endLeftovers(DataFolder folder) {
        JavaProcess.endLeftovers(folder);
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public boolean isReady() {
        try {
            var request = HttpRequest.newBuilder(readiness).timeout(PROBE_TIMEOUT).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
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
