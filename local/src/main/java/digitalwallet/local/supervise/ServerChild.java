package digitalwallet.local.supervise;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.Folders;
import digitalwallet.local.postgres.Processes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Java process of the wallet that answers on HTTP. */
public final class ServerChild implements Child {

    /**
     * JVM options for such a process: little memory, and an end of the process when that is not
     * enough.
     */
    public static final List<String> JVM_OPTIONS =
            List.of(
                    // Alike: a heap that may grow is collected as if it were full all the time.
                    "-Xms320m",
                    "-Xmx320m",
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

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private final Launch launch;
    private final DataFolder folder;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();
    private @Nullable Process process;
    private long logStart;

    /**
     * How to start one.
     *
     * @param name of the process, of its log and of its place in the data folder
     * @param title what people call it
     * @param jar is copied into the data folder, so that a build does not change it while it runs
     * @param environment is asked for at each start, when the children before this one run
     */
    public record Launch(
            String name,
            String title,
            Path jar,
            List<String> jvmOptions,
            Supplier<Map<String, String>> environment,
            URI readiness) {}

    public ServerChild(DataFolder folder, Launch launch) {
        this.folder = folder;
        this.launch = launch;
    }

    @Override
    public String name() {
        return launch.title();
    }

    @Override
    public void start() {
        try {
            end(having(processMarker() + " " + marker(folder)));
            var jar = folder.run().resolve(launch.name() + ".jar");
            if (process == null) {
                Files.copy(launch.jar(), jar, StandardCopyOption.REPLACE_EXISTING);
            }
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(launch.jvmOptions());
            command.addAll(List.of(processMarker(), marker(folder)));
            command.addAll(List.of("-jar", jar.toString()));
            var builder = new ProcessBuilder(command).directory(folder.run().toFile());
            builder.environment().putAll(launch.environment().get());
            var log = Folders.privateFile(folder.log(launch.name()));
            logStart = Files.size(log);
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new LocalFailure(
                    "The " + launch.title() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Ends all such processes that a killed launcher left on this data folder. */
    public static void endLeftovers(DataFolder folder) {
        end(having(marker(folder)));
    }

    private static List<ProcessHandle> having(String arguments) {
        return Processes.whose(line -> (line + " ").contains(" " + arguments + " "));
    }

    private static void end(List<ProcessHandle> orphans) {
        orphans.forEach(ProcessHandle::destroy);
        if (!Processes.awaitEnd(orphans, STOP_PATIENCE)) {
            orphans.forEach(ProcessHandle::destroyForcibly);
            Processes.awaitEnd(orphans, STOP_PATIENCE);
        }
    }

    private String processMarker() {
        return "-Dwallet.process=" + launch.name();
    }

    private static String marker(DataFolder folder) {
        return "-Dwallet.data=" + folder;
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public boolean isReady() {
        try {
            var request = HttpRequest.newBuilder(launch.readiness()).timeout(PROBE_TIMEOUT).build();
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
        var log = folder.log(launch.name());
        if (process == null || process.isAlive()) {
            return "see " + log;
        }
        var line = LastLine.of(log, logStart);
        return "exit code "
                + process.exitValue()
                + ", see "
                + log
                + line.map(text -> ", which ends: " + text).orElse("");
    }

    @Override
    public void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The process number; 0 before the first start. */
    public long processId() {
        return process == null ? 0 : process.pid();
    }
}
