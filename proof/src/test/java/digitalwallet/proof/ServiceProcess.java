package digitalwallet.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The wallet's server or the payments service as a process of its own, and all it says. */
final class ServiceProcess implements AutoCloseable {

    private static final long END_SECONDS_MAX = 300;

    private final Process process;
    private final Path out;
    private final Path err;

    private ServiceProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts one.
     *
     * @param environment all the variables that it gets
     */
    static ServiceProcess start(Program program, Path folder, Map<String, String> environment) {
        try {
            var out = Files.createTempFile(folder, program.module(), ".out");
            var err = Files.createTempFile(folder, program.module(), ".err");
            var builder = new ProcessBuilder(program.command()).directory(folder.toFile());
            builder.environment().keySet().removeIf(name -> name.matches("(WALLET|PAYMENTS)_.*"));
            builder.environment().putAll(environment);
            var process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            return new ServiceProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has ended by itself, and returns its exit code. */
    int awaitEnd() {
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it does not end: " + out());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has logged. */
    String out() {
        return text(out);
    }

    /** What it has printed for the person who started it. */
    String err() {
        return text(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        var _ = awaitEnd();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
