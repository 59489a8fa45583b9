package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.proof.tool.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./wallet test} judges a run, with a Maven that says what it is told to. */
final class TestCommandTest {

    private static final String TOTALS =
            "[INFO] Tests run: %d, Failures: %d, Errors: %d, Skipped: 0";

    @TempDir private Path folder;

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.copy(Repository.root().resolve("wallet"), folder.resolve("wallet"));
    }

    @Test
    void all_passed() throws IOException {
        maven(0, TOTALS.formatted(3, 0, 0), TOTALS.formatted(4, 0, 0));
        report("ledger", "digitalwallet.LaneTest", "Tests run: 3, Failures: 0");
        var run = run();
        assertThat(run.output()).endsWith("Tests run: 7, Failures: 0, Errors: 0, Skipped: 0\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void failures_of_all_modules_are_named_although_maven_is_content() throws IOException {
        maven(0, TOTALS.formatted(3, 1, 0), TOTALS.formatted(4, 0, 1));
        report(
                "proof",
                "digitalwallet.CrashIT",
                "Tests run: 4, Errors: 1 <<< FAILURE! -- in digitalwallet.CrashIT",
                "digitalwallet.CrashIT.it_recovers -- Time elapsed: 0.1 s <<< ERROR!",
                "java.lang.IllegalStateException: <<< ERROR!");
        report(
                "ledger",
                "digitalwallet.LaneTest",
                "digitalwallet.LaneTest.it_posts(int)[2] -- Time elapsed: 2 s <<< FAILURE!");
        var run = run();
        assertThat(run.output())
                .endsWith(
                        """
                        Tests run: 7, Failures: 1, Errors: 1, Skipped: 0
                        Failed:
                        digitalwallet.CrashIT.it_recovers
                        digitalwallet.LaneTest.it_posts(int)[2]
                        """);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("arguments")))
                .contains("--fail-at-end")
                .contains("-Dmaven.test.failure.ignore=true");
    }

    @Test
    void a_build_that_fails_is_a_failure_though_all_tests_that_ran_passed() throws IOException {
        maven(1, TOTALS.formatted(3, 0, 0), "[ERROR] COMPILATION ERROR");
        assertThat(run().exitCode()).isEqualTo(1);
    }

    @Test
    void totals_or_reports_alone_are_enough_for_a_failure() throws IOException {
        maven(0, TOTALS.formatted(3, 1, 0));
        assertThat(run().exitCode()).isEqualTo(1);
        maven(0, TOTALS.formatted(3, 0, 0));
        report("json", "a.JsonTest", "a.JsonTest.reads -- Time elapsed: 2 s <<< FAILURE!");
        assertThat(run().exitCode()).isEqualTo(1);
    }

    @Test
    void a_run_without_tests_is_a_failure_and_reports_of_earlier_runs_do_not_count()
            throws IOException {
        maven(0, "[INFO] BUILD SUCCESS");
        var run = run();
        assertThat(run.output()).endsWith("No test ran.\n");
        assertThat(run.exitCode()).isEqualTo(1);
        var earlier = Files.createDirectories(folder.resolve("json/target/surefire-reports"));
        Files.writeString(
                earlier.resolve("a.txt"), "a.JsonTest.reads -- Time elapsed: 2 s <<< ERROR!\n");
        maven(0, TOTALS.formatted(1, 0, 0));
        assertThat(run().exitCode()).isZero();
    }

    /** What Maven says and how it ends; it also copies the reports of this test to their place. */
    private void maven(int exitCode, String... lines) throws IOException {
        var script =
                """
                #!/usr/bin/env bash
                echo "$@" > '%1$s/arguments'
                cat '%1$s/said'
                if [ -d '%1$s/reports' ]; then cp -r '%1$s/reports/.' '%1$s'; fi
                exit %2$d
                """
                        .formatted(folder, exitCode);
        Files.writeString(folder.resolve("said"), String.join("\n", lines) + "\n");
        var programs = Files.createDirectories(folder.resolve("bin"));
        Files.writeString(programs.resolve("mvn"), script);
        assertThat(programs.resolve("mvn").toFile().setExecutable(true)).isTrue();
    }

    private void report(String module, String test, String... lines) throws IOException {
        var reports = folder.resolve("reports").resolve(module).resolve("target/surefire-reports");
        Files.createDirectories(reports);
        Files.writeString(reports.resolve(test + ".txt"), String.join("\n", lines) + "\n");
    }

    private Script run() {
        var path = folder.resolve("bin") + ":" + System.getenv("PATH");
        return Script.run(folder, "env", "PATH=" + path, "./wallet", "test");
    }
}
