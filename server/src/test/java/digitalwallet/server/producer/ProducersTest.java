package digitalwallet.server.producer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.process.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProducersTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ZZZ, 1, there is no currency ZZZ",
        "USD, 10.001, amount_max of USD: the amount has too many decimals: USD has at most 2",
    })
    void a_file_that_makes_no_sense_names_the_producer_and_the_remedy(
            String currency, String amount, String wrong) throws IOException {
        var file = folder.resolve("producers.json");
        Files.writeString(
                file,
                """
                {"producers": [{"source": "bad", "keys": ["bad.key"], "roles": ["system"],
                    "verbs": ["deposit"], "amount_max": {"%s": "%s"}}]}
                """
                        .formatted(currency, amount));
        assertThatThrownBy(() -> Producers.in(file))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "The producers "
                                + file
                                + " make no sense: at bad, "
                                + wrong
                                + "; correct it, or take it out with ./wallet producer remove"
                                + " bad.");
    }
}
