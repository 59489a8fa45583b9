package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.payments.server.PaymentsVariables;
import digitalwallet.process.settings.Variable;
import digitalwallet.process.settings.Variables;
import digitalwallet.server.WalletVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The page about the variables is what the processes declare. {@code -Dwallet.write-documents=true}
 * writes it.
 */
final class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs/operations/configuration.md");
    private static final List<Variables> PROCESSES =
            List.of(WalletVariables.ALL, PaymentsVariables.ALL);

    @Test
    void every_variable_is_described_as_it_is() throws IOException {
        if (Boolean.getBoolean("wallet.write-documents")) {
            Files.writeString(Repository.root().resolve(PAGE), page());
        }
        assertThat(Repository.text(PAGE)).isEqualTo(page());
    }

    @Test
    void every_variable_is_declared_once_and_passwords_are_secret() {
        for (var process : PROCESSES) {
            assertThat(process.all()).extracting(Variable::name).doesNotHaveDuplicates();
            assertThat(process.all())
                    .filteredOn(variable -> variable.name().endsWith("PASSWORD"))
                    .hasSize(3)
                    .allMatch(Variable::isSecret);
        }
    }

    private static String page() {
        return """
        # Configuration

        Each process is configured by its own environment variables only. A variable that begins like
        them and is not listed here stops the start, and so does a value that makes no sense; the
        effective values are logged, passwords masked. Nothing else changes a process: no variable of
        the frameworks inside it (`SERVER_…`, `SPRING_…`, `LOGGING_…`), no file in its working directory
        and no system property.

        ## The wallet

        %s
        ## The payments service

        %s\
        """
                .formatted(WalletVariables.ALL.table(), PaymentsVariables.ALL.table());
    }
}
