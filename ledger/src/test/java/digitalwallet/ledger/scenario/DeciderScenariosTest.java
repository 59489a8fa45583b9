package digitalwallet.ledger.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeciderScenariosTest {

    static List<Scenario> scenarios() {
        return Scenario.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void a_scenario_holds_when_each_command_is_a_batch(Scenario scenario) {
        var wallets = MemoryWallets.batchByBatch();
        ScenarioRunner.run(scenario, wallets);
        wallets.check();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void a_scenario_holds_when_all_commands_are_one_batch(Scenario scenario) {
        var wallets = MemoryWallets.inOneBatch();
        ScenarioRunner.run(scenario, wallets);
        wallets.check();
    }

    @Test
    void every_scenario_file_is_run() throws IOException, URISyntaxException {
        var folder = Objects.requireNonNull(getClass().getResource("/scenarios")).toURI();
        try (var files = Files.list(Path.of(folder))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(Scenario.FILES);
        }
    }
}
