package digitalwallet.local.supervise;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.Folders;
import digitalwallet.local.postgres.Processes;
import digitalwallet.local.postgres.RunAs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One of our programs on a data folder, as a process that is found again by its command line. */
final class JavaProcess {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final String OWNERS = "(WALLET|PAYMENTS)_DATABASE_OWNER_.*";
    private static final String FILE_URI = "file://";

    private final DataFolder folder;
    private final Launch launch;
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
    record Launch(
            String name,
            String title,
            Path jar,
            List<String> jvmOptions,
            List<String> arguments,
            Supplier<Map<String, String>> environment,
            RunAs runAs) {}

    JavaProcess(DataFolder folder, Launch launch) {
        this.folder = folder;
        this.launch = launch;
    }

    /**
     * Ends what an earlier launcher left of it, then starts it.
     *
     * @throws LocalFailure when it cannot start
     */
    void start() {
        try {
            end(having(processMarker() + " " + marker(folder)));
            var jar = folder.run().resolve(launch.name() + ".jar");
            if (process == null) {
                Files.copy(launch.jar(), jar, StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
            }
            var builder = new ProcessBuilder(command(jar)).directory(folder.run().toFile());
            var variables = launch.environment().get();
            variables.values().forEach(this::letRead);
            // A person's own, for another database, are no matter of a server on this one.
            builder.environment().keySet().removeIf(name -> name.matches(OWNERS));
            builder.environment().putAll(variables);
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

    private List<String> command(Path jar) {
        var command = launch.runAs().command(Processes.java().toString());
        command.addAll(launch.jvmOptions());
        command.addAll(List.of(processMarker(), marker(folder)));
        // The web server's folder and native libraries of a killed process would stay elsewhere.
        var temporary = folder.temporary(launch.name(), launch.runAs());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(launch.arguments());
        return command;
    }

    /** What the process is told the name of, it may read: its keys, in files of this folder. */
    private void letRead(String value) {
        var name = value.startsWith(FILE_URI) ? value.substring(FILE_URI.length()) : value;
        if (name.startsWith(folder.path() + "/")
                && Files.isRegularFile(Path.of(name), LinkOption.NOFOLLOW_LINKS)) {
            launch.runAs().mayRead(Path.of(name));
        }
    }

    /** Ends all such processes that a killed launcher left on this data folder. */
    static void endLeftovers(DataFolder folder) {
        end(having(marker(folder)));
    }

    /** Whether such a process runs on the data folder, whoever started it. */
    static boolean runs(DataFolder folder, String name) {
        return !having("-Dwallet.process=" + name + " " + marker(folder)).isEmpty();
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

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Whether it has ended by itself and in order. */
    boolean hasSucceeded() {
        return process != null && !process.isAlive() && process.exitValue() == 0;
    }

    String lastWords() {
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

    void stop() {
        if (process != null) {
            Processes.stop(process, STOP_PATIENCE);
        }
    }
}
