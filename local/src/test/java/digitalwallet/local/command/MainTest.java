package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {

    private record Ended(int code, String output, String errors) {}

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void it_says_the_version_that_the_build_gave_it(String option) {
        var ended = run(option);
        assertThat(ended.code()).isZero();
        assertThat(ended.output()).matches("wallet [0-9]+\\.[0-9]+\\.[0-9]+.*\\R");
    }

    @Test
    void without_a_command_it_shows_how_it_is_used_and_fails() {
        var ended = run();
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).contains("Usage: wallet ", "verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help"})
    void what_can_be_pasted_from_the_help_is_on_one_line(String help) {
        var ended = run(help);
        assertThat(ended.code()).isZero();
        assertThat(ended.output()).contains("psql \"$(./wallet db)\"");
    }

    @ParameterizedTest
    @CsvSource({
        "dead, list, ''",
        "dead, show, ' ID'",
        "dead, retry, ' ID'",
        "producer, add, ' NAME'",
        "producer, list, ''",
        "producer, rotate, ' NAME'",
        "producer, remove, ' NAME'",
    })
    void each_of_the_smaller_commands_has_its_own_help(
            String command, String action, String argument) {
        var help = run(command, action, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.output())
                .startsWith("Usage: wallet " + command + " " + action + " ")
                .containsPattern("(]|\\.\\.\\.)" + argument + "\\R")
                .contains("Exit codes:");
        if (!argument.isEmpty()) {
            assertThat(run(command, action, "--data", folder.toString()).code()).isEqualTo(2);
        }
    }

    @Test
    void an_option_before_the_command_is_told_where_it_stands() {
        var ended = run("--data", folder.toString(), "token", "system");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).contains("behind the command: wallet status --data DIR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "kafka", "dead list"})
    void what_needs_a_running_wallet_says_which_folder_it_looked_at(String command) {
        var data = folder.resolve("data");
        var ended = run((command + " --data " + data).split(" ", -1));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors())
                .startsWith("The wallet on " + data + " ")
                .endsWith(
                        "; start it with ./wallet up --data "
                                + data
                                + ", or give the folder of yours with --data.\n");
        assertThat(data).doesNotExist();
    }

    @Test
    void a_check_makes_no_books_where_only_a_token_was_made() {
        var data = folder.resolve("data");
        assertThat(run("token", "system", "--data", data.toString()).code()).isZero();
        var ended = run("verify", "--data", data.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).isEqualTo("There are no books in " + data + ".\n");
        assertThat(data.resolve("postgres")).isEmptyDirectory();
        assertThat(data.resolve("digest-key")).doesNotExist();
    }

    private static Ended run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code =
                Main.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments);
        return new Ended(code, out.toString(), err.toString());
    }
}
