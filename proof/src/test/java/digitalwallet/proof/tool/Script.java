package digitalwallet.proof.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A program that was run to its end.
 *
 * @param output all it said, on both streams
 */
public record Script(int exitCode, String output) {

    /** The exit code of a shell that does not find a command. */
    private static final int NOT_FOUND = 127;

    /** Runs it in a folder, with the JDK of this test first on its PATH. */
    public static Script run(Path folder, String... command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        var java = Path.of(System.getProperty("java.home"));
        var environment = builder.environment();
        environment.put("JAVA_HOME", java.toString());
        var path = environment.getOrDefault("PATH", "");
        environment.put("PATH", java.resolve("bin") + File.pathSeparator + path);
        environment.put("MAVEN_OPTS", "--enable-native-access=ALL-UNNAMED");
        Process process;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            return new Script(NOT_FOUND, String.valueOf(e.getMessage()));
        }
        try {
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Script(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isSuccess() {
        return exitCode == 0;
    }
}
