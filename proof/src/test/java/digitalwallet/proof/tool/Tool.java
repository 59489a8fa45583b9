package digitalwallet.proof.tool;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** A program that a test needs and that not everybody has. */
public enum Tool {
    MAVEN("Maven", 3, 8, "mvn", "--version"),
    NODE("Node.js", 20, 0, "node", "--version"),
    NPM("npm", 9, 0, "npm", "--version"),
    PYTHON("Python", 3, 10, "python3", "--version"),
    GO("Go", 1, 25, "go", "version");

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

    private final String product;
    private final int major;
    private final int minor;
    private final String program;
    private final String asking;

    Tool(String product, int major, int minor, String program, String asking) {
        this.product = product;
        this.major = major;
        this.minor = minor;
        this.program = program;
        this.asking = asking;
    }

    /** Skips the test where this tool is missing or too old, and says so. */
    public void require() {
        var answer = Script.run(Path.of("").toAbsolutePath(), program, asking);
        if (!answer.isSuccess()) {
            missing(product + " is not on the PATH");
        }
        var found = VERSION.matcher(answer.output());
        if (!found.find() || !isEnough(found.group(1), found.group(2))) {
            missing(product + " is older than " + major + "." + minor + ": " + answer.output());
        }
    }

    /**
     * Skips the test because something it needs is not to be had. In CI, which promises to have
     * everything, the test fails.
     */
    public static void missing(String reason) {
        if ("true".equals(System.getenv("TOOLS_REQUIRED"))) {
            fail(reason);
        }
        abort(reason);
    }

    private boolean isEnough(String foundMajor, String foundMinor) {
        int found = Integer.parseInt(foundMajor);
        return found > major || (found == major && Integer.parseInt(foundMinor) >= minor);
    }
}
