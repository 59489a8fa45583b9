package digitalwallet.payments.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every difference that may be named has its remedy and its line on the page. */
final class RemedyTest {

    private static final Path PAGE = Path.of("..", "docs", "operations", "payments.md");
    private static final Path DIFFERENCES =
            Path.of("src/main/java/digitalwallet/payments/store/Differences.java");
    private static final Pattern NAMED = Pattern.compile("(?:SELECT|THEN|ELSE) '([a-z_]+)'");

    @Test
    void every_difference_stands_on_the_page() throws IOException {
        var page = Files.readString(PAGE);
        assertThat(Remedy.codes()).allSatisfy(code -> assertThat(page).contains("`" + code + "`"));
    }

    @Test
    void every_difference_from_the_ledger_has_a_remedy() throws IOException {
        var sql = NAMED.matcher(Files.readString(DIFFERENCES));
        var named = sql.results().map(match -> match.group(1)).toList();
        assertThat(named).hasSizeGreaterThan(8);
        assertThat(Remedy.codes()).containsAll(named);
        for (var type : new String[] {"deposit", "payout", "settlement", "reversal"}) {
            assertThat(Remedy.codes()).contains(type + "_without_payment");
        }
    }
}
