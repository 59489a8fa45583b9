package digitalwallet.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.proof.Repository;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on clients shows the commands that the tests run. */
final class ClientsPageTest {

    private static final Pattern BLOCK = Pattern.compile("(?s)```\n(.*?)```");

    @Test
    void every_command_of_the_page_is_a_script_or_one_that_a_script_runs() {
        var scripts =
                Repository.files(".sh").stream()
                        .filter(file -> file.startsWith("proof/clients"))
                        .map(Repository::text)
                        .flatMap(String::lines)
                        .map(String::strip)
                        .collect(Collectors.toSet());

        var commands =
                BLOCK.matcher(Repository.text(Path.of("docs/clients.md")))
                        .results()
                        .flatMap(block -> block.group(1).lines())
                        .map(String::strip)
                        .toList();

        assertThat(commands).hasSizeGreaterThan(8);
        assertThat(commands)
                .allSatisfy(
                        command -> {
                            if (command.startsWith("proof/")) {
                                var script = command.substring(0, command.indexOf(' '));
                                assertThat(Repository.root().resolve(script)).isExecutable();
                            } else {
                                assertThat(scripts).contains(command);
                            }
                        });
    }
}
