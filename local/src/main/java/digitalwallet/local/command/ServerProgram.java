package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.Processes;
import digitalwallet.local.postgres.RunAs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
            DataFolder folder,
            String main,
            String memory,
            Map<String, String> variables,
            List<String> arguments) {
        var jar = Installation.serverJar();
        requireLauncher(jar);
        // Started by root, it is no more root than the server is.
        var runAs = Installation.runAs(folder);
        variables.values().forEach(value -> letRead(folder, runAs, value));
        var program = main.substring(main.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        // Several may run at once; what a killed one leaves goes at the next start of the wallet.
        var temporary = folder.temporary(program + "-" + ProcessHandle.current().pid(), runAs);
        var options = List.of(memory, "-Djava.io.tmpdir=" + temporary);
        var builder = new ProcessBuilder(command(runAs, jar, main, options, arguments));
        builder.environment().putAll(variables);
        try {
            return builder.inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new LocalFailure("The program cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("The program was interrupted.", e);
        } finally {
            runAs.delete(temporary);
        }
    }

    static List<String> command(
            RunAs runAs, Path jar, String main, List<String> options, List<String> arguments) {
        var command = runAs.command(Processes.java().toString());
        command.addAll(options);
        // As the server's jar has it: a compression of Kafka's clients is native.
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-Dloader.main=" + main, "-cp", jar.toString(), LAUNCHER));
        command.addAll(arguments);
        return command;
    }

    /** What the program is told the name of, it may read: keys in files of this folder. */
    private static void letRead(DataFolder folder, RunAs runAs, String value) {
        if (value.startsWith(folder.path() + "/")
                && Files.isRegularFile(Path.of(value), LinkOption.NOFOLLOW_LINKS)) {
            runAs.mayRead(Path.of(value));
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
