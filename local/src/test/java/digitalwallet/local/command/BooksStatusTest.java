package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BooksStatusTest {

    @ParameterizedTest
    @CsvSource({
        "1.0, 12.0, 0.0, 'consistent; the last check was made 12 s ago'",
        "0.0, 12.0, 0.0, 'NOT CONSISTENT: see the log; the last check was made 12 s ago'",
        "NaN, 12.0, 1.0, 'not known to be consistent: checks fail or are overdue, see the log; the"
                + " last check was made 12 s ago'",
        "NaN, NaN, 0.0, 'not known to be consistent: no check yet since the start'",
        "NaN, NaN, 2.0, 'not known to be consistent: no check could be made since the start, see"
                + " the log'"
    })
    void the_line_never_says_more_than_the_metrics(
            String consistent, String age, String failures, String line) {
        var metrics =
                String.join(
                        "\n",
                        "# HELP wallet_books_consistent …",
                        "wallet_books_consistent " + consistent,
                        "wallet_books_check_age_seconds " + age,
                        "wallet_books_check_failures_total " + failures);
        assertThat(BooksStatus.line(metrics)).isEqualTo(line);
        assertThat(BooksStatus.line("")).startsWith("not known");
    }
}
