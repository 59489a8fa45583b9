package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void it_says_the_version_that_the_build_gave_it(String option) {
        var out = new StringWriter();
        var exitCode = Main.commandLine().setOut(new PrintWriter(out)).execute(option);
        assertThat(exitCode).isZero();
        assertThat(out.toString()).matches("wallet [0-9]+\\.[0-9]+\\.[0-9]+.*\\R");
    }
}
