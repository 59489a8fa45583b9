package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BooksStatusTest {

    @ParameterizedTest
    @CsvSource({
        "1.0, 'consistent; the last check was made 12 s ago'",
        "0.0, 'NOT CONSISTENT: see the log; the last check was made 12 s ago'",
        "NaN, 'not known to be consistent: no check yet, or checks fail; the last check was made 12"
                + " s ago'"
    })
    void the_line_never_says_more_than_the_metrics(String consistent, String line) {
        var metrics =
                String.join(
                        "\n",
                        "# HELP wallet_books_consistent …",
                        "wallet_books_consistent " + consistent,
                        "wallet_books_check_age_seconds 12.0");
        assertThat(BooksStatus.line(metrics)).isEqualTo(line);
        assertThat(BooksStatus.line("")).startsWith("not known");
    }
}
