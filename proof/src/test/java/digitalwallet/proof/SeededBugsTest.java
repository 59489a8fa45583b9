package digitalwallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.proof.tool.Script;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs planted on purpose still fit the code; proof/seeded-bugs/run shows each is caught. */
final class SeededBugsTest {

    private static final Path BUGS = Path.of("seeded-bugs").toAbsolutePath();
    private static final Path ROOT = BUGS.resolve("../..").normalize();
    private static final String PATCHED = "+++ b/";
    private static final Pattern CAUGHT_BY =
            Pattern.compile("Caught by: ([a-z]+) ([A-Za-z]+)(?:#([a-z_0-9]+))?");

    static List<Path> patches() throws IOException {
        try (var files = Files.list(BUGS)) {
            return files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
        }
    }

    @Test
    void there_are_enough_of_them() throws IOException {
        assertThat(patches()).hasSizeGreaterThanOrEqualTo(10);
    }

    /** What does not compile, or was never there, proves nothing. */
    @ParameterizedTest
    @MethodSource("patches")
    void a_bug_still_applies_and_compiles(Path patch, @TempDir Path copy) throws IOException {
        var files = filesOf(patch);
        assertThat(files).isNotEmpty();
        for (var file : files) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), copy.resolve(file));
        }
        var applied = Script.run(copy, "git", "apply", patch.toString());
        assertThat(applied.isSuccess()).as(applied.output()).isTrue();
        var sources =
                files.stream().filter(file -> file.endsWith(".java")).map(copy::resolve).toList();
        assertThat(errors(sources, copy)).isEmpty();
    }

    /** Compiled by itself, against all that is built: seconds, where a module takes a minute. */
    private static String errors(List<Path> sources, Path output) throws IOException {
        if (sources.isEmpty()) {
            return "";
        }
        var said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
            var options =
                    List.of(
                            "-proc:none",
                            "-implicit:none",
                            "-d",
                            output.toString(),
                            "-classpath",
                            System.getProperty("java.class.path"));
            var task =
                    compiler.getTask(
                            said,
                            files,
                            null,
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(sources));
            return task.call() ? "" : "it does not compile: " + said;
        }
    }

    private static List<String> filesOf(Path patch) throws IOException {
        return Files.readAllLines(patch).stream()
                .filter(line -> line.startsWith(PATCHED))
                .map(line -> line.substring(PATCHED.length()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("patches")
    void a_bug_says_what_is_wrong_and_names_tests_that_exist(Path patch) throws IOException {
        var lines = Files.readAllLines(patch);
        assertThat(lines.getFirst()).startsWith("Bug: ");
        var tests = lines.stream().map(CAUGHT_BY::matcher).filter(m -> m.matches()).toList();
        assertThat(tests).isNotEmpty();
        for (var test : tests) {
            var source = sourceOf(test.group(1), test.group(2));
            if (test.group(3) != null) {
                assertThat(source).contains(" " + test.group(3) + "(");
            }
        }
    }

    private static String sourceOf(String module, String test) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
            var found = files.filter(file -> file.endsWith(test + ".java")).toList();
            assertThat(found).as(test).hasSize(1);
            return Files.readString(found.getFirst());
        }
    }
}
