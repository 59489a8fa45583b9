package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The generated page is what is committed. {@code -Dwallet.write-documents=true} writes it. */
final class DocumentsIT {

    @Test
    void the_configuration_is_described_as_it_is() throws IOException {
        compare("operations/configuration.md", configuration());
    }

    private static String configuration() {
        var page = new StringBuilder();
        page.append(
                """
                # Configuration

                The server is configured by its environment only. A variable that begins with `WALLET_` and is not
                listed here stops the start, as does a value that makes no sense; the effective values are logged,
                passwords masked.

                | variable | default | meaning |
                |---|---|---|
                """);
        for (var variable : Variable.values()) {
            var usual = variable.usual();
            page.append("| `%s` | ".formatted(variable.word()))
                    .append(usual == null ? "*required*" : usual.isEmpty() ? "" : "`" + usual + "`")
                    .append(" | ")
                    .append(variable.meaning())
                    .append(" |\n");
        }
        return page.toString();
    }

    private static void compare(String name, String expected) throws IOException {
        var file = Path.of("..", "docs", name);
        if (Boolean.getBoolean("wallet.write-documents")) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).isEqualTo(expected);
    }
}
