package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.postgres.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/** Another program in the server's jar, run to its end with this one's input and output. */
final class ServerProgram {

    private static final String LAUNCHER =
            "org.springframework.boot.loader.launch.PropertiesLauncher";

    private ServerProgram() {}

    /**
     * Runs it.
     *
     * @param main its class
     * @return its exit code
     */
    static int run(
            String main, String memory, Map<String, String> variables, List<String> arguments) {
        var jar = Installation.serverJar();
        requireLauncher(jar);
        var command = new ArrayList<String>();
        command.add(Processes.java().toString());
        command.addAll(List.of(memory, "-Dloader.main=" + main, "-cp", jar.toString(), LAUNCHER));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(variables);
        try {
            return builder.inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new LocalFailure("The program cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("The program was interrupted.", e);
        }
    }

    /** If a class is not found, the JVM ends with an exit code that would mean something else. */
    private static void requireLauncher(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            if (zip.getEntry(LAUNCHER.replace('.', '/') + ".class") == null) {
                throw new LocalFailure("There is no such program in " + jar + ".");
            }
        } catch (IOException e) {
            throw new LocalFailure("The server's jar cannot be read: " + jar + ".", e);
        }
    }
}
