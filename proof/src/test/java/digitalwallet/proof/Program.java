package digitalwallet.proof;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of the project's programs, as the arguments that start it. */
enum Program {
    WALLET("server", "digitalwallet.server.Main"),
    PAYMENTS("payments", "digitalwallet.payments.server.Main");

    private final String module;
    private final String main;

    Program(String module, String main) {
        this.module = module;
        this.main = main;
    }

    /** The name of what is started, for people. */
    String module() {
        return module;
    }

    /**
     * The whole command, with options for a fast start: programs of tests seldom run long enough to
     * get warm.
     */
    List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(packagedOrClasses());
        return command;
    }

    private List<String> packagedOrClasses() {
        var classPath = System.getProperty("java.class.path");
        for (var entry : classPath.split(File.pathSeparator, -1)) {
            if (entry.matches(".*/" + module + "-[^-/]+\\.jar")) {
                return List.of("-jar", entry.replace(".jar", "-app.jar"));
            }
        }
        return List.of("-cp", classPath, main);
    }
}
