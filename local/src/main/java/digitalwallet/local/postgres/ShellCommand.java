package digitalwallet.local.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs a short command to its end and says what it printed. */
final class ShellCommand {

    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    private ShellCommand() {}

    /** A program that does not exist counts as exit code 127, as in a shell. */
    static Result run(Path folder, List<String> command) {
        return run(folder, command, "");
    }

    /** As above; reads this text, which is short, on its standard input. */
    static Result run(Path folder, List<String> command, String input) {
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        Processes.keepSecrets(builder);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        }
        try (var output = process.getInputStream()) {
            feed(process, input);
            var printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command.getFirst(), e);
        }
    }

    private static void feed(Process process, String input) throws IOException {
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading it all; its exit code says what that means.
            if (process.isAlive()) {
                throw e;
            }
        }
    }
}
