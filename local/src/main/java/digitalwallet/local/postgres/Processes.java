package digitalwallet.local.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The processes of this machine, found by their command line, and how one is run and ended. */
public final class Processes {

    private static final Path PROC = Path.of("/proc");
    private static final long POLL_MILLIS = 50;

    private Processes() {}

    /** Takes our variables from a program that is not ours: some of them are secrets. */
    public static void keepSecrets(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.matches("(WALLET|PAYMENTS)_.*"));
    }

    /**
     * The process's command line with its arguments separated by blanks; empty when it is gone or a
     * zombie.
     */
    public static String commandLine(long pid) {
        if (Files.isDirectory(PROC.resolve("self"))) {
            try {
                var bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("cmdline"));
                return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ').strip();
            } catch (IOException _) {
                return "";
            }
        }
        var shown =
                ShellCommand.run(
                        Path.of("/"),
                        List.of("ps", "-ww", "-o", "command=", "-p", Long.toString(pid)));
        var line = shown.output().strip();
        return line.contains("<defunct>") ? "" : line;
    }

    /** Every process whose command line satisfies the condition, this one excepted. */
    public static List<ProcessHandle> whose(Predicate<String> commandLine) {
        var self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(
                        process ->
                                process.pid() != self
                                        && commandLine.test(commandLine(process.pid())))
                .toList();
    }

    /** Whether any of them still runs; zombies that nobody has reaped do not. */
    public static boolean anyRuns(Stream<ProcessHandle> processes) {
        return processes.anyMatch(
                process -> process.isAlive() && !commandLine(process.pid()).isEmpty());
    }

    /** Waits until none of them runs any more; false when some still run at the end of the time. */
    public static boolean awaitEnd(List<ProcessHandle> processes, Duration timeout) {
        var deadline = System.nanoTime() + timeout.toNanos();
        while (anyRuns(processes.stream())) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** Ends it in order, or by force if that takes too long; does nothing when it has ended. */
    public static void stop(Process process, Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The Java program that runs this one. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a process", e);
        }
    }
}
