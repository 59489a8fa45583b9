package digitalwallet.ledger.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.TransactionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The numbers in SQL are those of the enums. */
final class TypeNumbersTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /** A column whose values an enum numbers, compared with numbers. */
    private static final Pattern COMPARED =
            Pattern.compile(
                    "\\b(type|kind|status)\\s*((?:=|<>|IN|NOT IN)\\s*(?:[0-9]+|\\([0-9, ]+\\)))");

    @Test
    void a_name_in_braces_becomes_the_stored_number() {
        assertThat(
                        TypeNumbers.in(
                                "SELECT 1 WHERE type IN ({PURCHASE}, {PAYOUT}) AND {seed} = '{}'"))
                .isEqualTo("SELECT 1 WHERE type IN (3, 10) AND {seed} = '{}'");
        assertThatIllegalArgumentException().isThrownBy(() -> TypeNumbers.in("type = {GIFT}"));
    }

    @Test
    void the_migrations_mean_the_same_by_a_number_as_the_enums() throws IOException {
        var found = new ArrayList<String>();
        for (var migration : migrations()) {
            COMPARED.matcher(Files.readString(migration, UTF_8))
                    .results()
                    .map(match -> match.group(1) + " " + match.group(2))
                    .forEach(found::add);
        }
        int anchor = AccountKind.ANCHOR.number();
        int wallet = AccountKind.WALLET.number();
        assertThat(found)
                .containsExactly(
                        "kind = " + anchor,
                        "kind NOT IN (" + anchor + ", " + wallet + ")",
                        "type = " + TransactionType.PAYOUT.number());
    }

    private static List<Path> migrations() throws IOException {
        try (var files = Files.list(MIGRATIONS)) {
            return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
        }
    }
}
