package digitalwallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs planted on purpose still fit the code; proof/seeded-bugs/run shows each is caught. */
final class SeededBugsTest {

    private static final Path BUGS = Path.of("seeded-bugs").toAbsolutePath();
    private static final Path ROOT = BUGS.resolve("../..").normalize();
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

    @ParameterizedTest
    @MethodSource("patches")
    void a_bug_still_applies(Path patch) throws IOException, InterruptedException {
        var check =
                new ProcessBuilder("git", "apply", "--check", patch.toString())
                        .directory(ROOT.toFile())
                        .redirectErrorStream(true)
                        .start();
        var words = new String(check.getInputStream().readAllBytes(), UTF_8);
        assertThat(check.waitFor()).as(words).isZero();
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
