package digitalwallet.local.kafka;

import digitalwallet.local.LocalFailure;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The jars of Kafka's broker that the build puts beside this module's classes. */
final class KafkaJars {

    private static final String PROPERTY = "wallet.kafka.lib";

    private KafkaJars() {}

    /**
     * What to put on the broker's class path. Beside the classes, or the jar, of this module,
     * unless the system property {@value #PROPERTY} says otherwise.
     */
    static String classPath() {
        var lib = folder();
        if (!Files.isDirectory(lib)) {
            throw new LocalFailure(
                    "Kafka's programs are missing in " + lib + "; build the module local first.");
        }
        return lib.resolve("*") + File.pathSeparator + ours();
    }

    static Path folder() {
        var named = System.getProperty(PROPERTY);
        return named == null
                ? ours().resolveSibling("kafka").resolve("lib")
                : Path.of(named).toAbsolutePath();
    }

    /** The classes, or the jar, of this module. */
    static Path ours() {
        try {
            var source = KafkaJars.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
