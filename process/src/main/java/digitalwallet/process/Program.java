package digitalwallet.process;

import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.LogSettings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * A process of ours from its first to its last line: it is configured by its environment only and
 * runs until it is told to stop (SIGTERM), or finds out that it must not go on.
 */
public final class Program {

    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;

    private Program() {}

    /**
     * What runs.
     *
     * @param port where it serves
     * @param stop lets the work that is under way end
     * @param failure completes with one sentence when the process must not go on; may never
     *     complete
     */
    public record Running(int port, Runnable stop, CompletableFuture<String> failure) {}

    /**
     * Starts a process; a setting that makes no sense ends it with one sentence and exit code 1.
     *
     * @param name what the process is called in logs of several processes
     * @param read makes the settings from the environment
     * @param log says how the process logs, given its settings
     * @param start starts everything
     */
    public static <S> void run(
            String name,
            Function<Map<String, String>, S> read,
            Function<S, LogSettings> log,
            Function<S, Running> start) {
        try {
            var settings = read.apply(System.getenv());
            ProcessLog.start(log.apply(settings), name);
            var running = start.apply(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(running.stop(), "stop"));
            var _ = running.failure().thenAccept(Program::end);
            LoggerFactory.getLogger(Program.class).info("serving on port {}", running.port());
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(FAILED);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Program.class).error("the process cannot start", e);
            System.exit(FAILED);
        }
    }

    /**
     * Does what the arguments of a process say: nothing to serve, {@code migrate} to bring its
     * schema up to date, which is a step of its own. Anything else ends it with exit code 2.
     */
    public static void choose(String[] arguments, Runnable serve, Runnable migrate) {
        switch (String.join(" ", arguments)) {
            case "" -> serve.run();
            case "migrate" -> migrate.run();
            default -> {
                System.err.println("The one argument there may be is migrate.");
                System.exit(WRONG_ARGUMENTS);
            }
        }
    }

    /**
     * Does one thing and ends: with exit code 0, or 1 after one sentence.
     *
     * @param task is given the environment
     */
    public static void once(String name, Consumer<Map<String, String>> task) {
        ProcessLog.start(new LogSettings(false, "info"), name);
        try {
            task.accept(System.getenv());
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(FAILED);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Program.class).error("the program failed", e);
            System.exit(FAILED);
        }
    }

    /**
     * Exits on a new thread, because the exit waits for other threads, and the calling one is among
     * them.
     */
    private static void end(String sentence) {
        System.err.println(sentence);
        Thread.ofPlatform().name("end").start(() -> System.exit(FAILED));
    }
}
