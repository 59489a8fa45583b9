package digitalwallet.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "12.34, USD, 1234",
        "12.3, USD, 1230",
        "12, USD, 1200",
        "0.01, USD, 1",
        "007, USD, 700",
        "0000000000000000000000000000000001, USD, 100",
        "5, JPY, 5",
        "1.234, KWD, 1234",
        "1, KWD, 1000",
        "0.0001, CLF, 1",
        "92233720368547758.06, USD, 9223372036854775806",
        "92233720368547758.07, USD, 9223372036854775807",
    })
    void an_amount_is_read_exactly(String text, String currency, long minorUnits) {
        var code = CurrencyCode.of(currency);
        assertThat(Money.parse(text, code)).isEqualTo(new Money(minorUnits, code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "92233720368547758.08",
                "99999999999999999999",
                "1000000000000000000000000000000000000000000000000000000000000.00",
            })
    void an_amount_beyond_64_bits_is_refused(String text) {
        assertThat(codeOf(text, "USD")).isEqualTo("amount_out_of_range");
    }

    @ParameterizedTest
    @CsvSource({
        "500.00, JPY, 500",
        "1.0000, USD, 100",
        "1.230000000000000000000000, USD, 123",
        "1.2340, KWD, 1234",
        "92233720368547758.070, USD, 9223372036854775807",
    })
    void zeros_beyond_the_decimals_change_nothing(String text, String currency, long minorUnits) {
        var code = CurrencyCode.of(currency);
        assertThat(Money.parse(text, code)).isEqualTo(new Money(minorUnits, code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                ".",
                "1.",
                ".5",
                "-.5",
                "--1",
                "+1",
                "1e3",
                "1E3",
                "1.5e1",
                "1,5",
                "1_000",
                " 1",
                "1 ",
                "1.2.3",
                "0x10",
                "NaN",
                "Infinity",
                "١٢",
                "１２",
                "1\u0000",
                "12.34f",
                "−1",
                "1-",
                "1.-5",
                "$5",
                "1\n"
            })
    void a_text_that_is_no_plain_decimal_is_malformed(String text) {
        assertThat(codeOf(text, "USD")).isEqualTo("amount_malformed");
    }

    @ParameterizedTest
    @CsvSource({
        "1.234, USD",
        "1.0010, USD",
        "0.001, USD",
        "-1.234, USD",
        "1.1, JPY",
        "1.2345, KWD",
        "0.00001, CLF"
    })
    void more_decimals_than_the_currency_has_are_refused(String text, String currency) {
        assertThat(codeOf(text, currency)).isEqualTo("amount_precision");
    }

    @ParameterizedTest
    @CsvSource({
        "0, USD",
        "0.00, USD",
        "0.0000, USD",
        "-0, USD",
        "-1, USD",
        "-0.01, USD",
        "000, JPY",
        "-99999999999999999999999999, USD"
    })
    void zero_and_less_are_refused(String text, String currency) {
        assertThat(codeOf(text, currency)).isEqualTo("amount_not_positive");
    }

    @Test
    void a_very_long_text_is_read_in_one_pass() {
        var usd = CurrencyCode.of("USD");
        assertThat(codeOf("9".repeat(1_000_000), "USD")).isEqualTo("amount_out_of_range");
        assertThat(Money.parse("7." + "0".repeat(1_000_000), usd).minorUnits()).isEqualTo(700);
        assertThat(Money.parse("0".repeat(1_000_000) + "7", usd).minorUnits()).isEqualTo(700);
    }

    @ParameterizedTest
    @CsvSource({
        "1234, USD, 12.34",
        "1, USD, 0.01",
        "0, USD, 0.00",
        "-5, USD, -0.05",
        "5, JPY, 5",
        "1234, KWD, 1.234",
        "-9223372036854775808, USD, -92233720368547758.08",
        "9223372036854775807, USD, 92233720368547758.07",
        "12345, CLF, 1.2345",
        "0, KWD, 0.000",
        "7, JPY, 7",
        "-1000, KWD, -1.000"
    })
    void an_amount_is_printed_with_all_decimals(long minorUnits, String currency, String text) {
        assertThat(new Money(minorUnits, CurrencyCode.of(currency)).toDecimal()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "12.34, USD, 12.34",
        "12.3, USD, 12.30",
        "0.01, USD, 0.01",
        "007, JPY, 7",
        "1.234, KWD, 1.234",
        "92233720368547758.07, USD, 92233720368547758.07",
    })
    void an_amount_is_printed_as_it_was_read(String text, String currency, String printed) {
        assertThat(Money.parse(text, CurrencyCode.of(currency)).toDecimal()).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({
        "1000.00, USD, 100000",
        "1000.009, USD, 100000",
        "1000.9, JPY, 1000",
        "1000, KWD, 1000000",
        "9223372036854.77, USD, 922337203685477",
        "1e30, USD, 922337203685477",
        "92233720368547758.08, USD, 922337203685477",
        "0, USD, 0",
    })
    void a_limit_is_rounded_down_and_lets_no_amount_beyond_64_bits_pass(
            String limit, String currency, long minorUnits) {
        var largest = Money.largest(new BigDecimal(limit), CurrencyCode.of(currency));
        assertThat(largest.minorUnits()).isEqualTo(minorUnits);
    }

    @Test
    void sums_are_exact_or_fail() {
        var usd = CurrencyCode.of("USD");
        var largest = new Money(Long.MAX_VALUE, usd);
        var cent = new Money(1, usd);

        assertThat(largest.minus(cent).plus(cent)).isEqualTo(largest);
        assertThat(cent.negated().minorUnits()).isEqualTo(-1);
        assertThatThrownBy(() -> largest.plus(cent)).isInstanceOf(ArithmeticException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cent.plus(new Money(1, CurrencyCode.of("EUR"))))
                .withMessage("USD and EUR do not add up");
    }

    private static String codeOf(String text, String currency) {
        var refused =
                catchThrowableOfType(
                        InvalidAmountException.class,
                        () -> Money.parse(text, CurrencyCode.of(currency)));
        assertThat(refused).as("the refusal of '%s'", text).isNotNull();
        return refused.code();
    }
}
