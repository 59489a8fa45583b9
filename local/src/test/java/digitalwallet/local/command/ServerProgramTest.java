package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.postgres.RunAs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that check and list, started by whoever calls them. */
final class ServerProgramTest {

    @Test
    void a_program_that_root_starts_runs_as_another_user() {
        var other = new RunAs(List.of("setpriv", "--reuid", "61999"), 61_999, 61_999);
        var command =
                ServerProgram.command(
                        other, Path.of("/jar"), "some.Main", List.of("-Xmx1g"), List.of("list"));
        assertThat(command).startsWith("setpriv", "--reuid", "61999").endsWith("list");
        assertThat(command).contains("-Dloader.main=some.Main", "-Xmx1g");
        // Without it the JVM puts a warning before what the program says.
        assertThat(command).contains("--enable-native-access=ALL-UNNAMED");
    }
}
