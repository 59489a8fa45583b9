package digitalwallet.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts are exact or refused. */
final class AmountTest {

    @ParameterizedTest
    @CsvSource({
        "12.34, USD, 1234, 12.34",
        "12.3, USD, 1230, 12.30",
        "0.01, USD, 1, 0.01",
        "007, JPY, 7, 7",
        "1.234, KWD, 1234, 1.234",
        "92233720368547758.07, USD, 9223372036854775807, 92233720368547758.07",
    })
    void a_decimal_is_minor_units(String text, String currency, long units, String shown) {
        var amount = Amount.parse(text, currency);
        assertThat(amount).isEqualTo(new Amount(units, currency));
        assertThat(amount.text()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "'', USD, amount_malformed",
        "1e3, USD, amount_malformed",
        "+1, USD, amount_malformed",
        "1., USD, amount_malformed",
        ".5, USD, amount_malformed",
        "' 1', USD, amount_malformed",
        "١, USD, amount_malformed",
        "NaN, USD, amount_malformed",
        "0.001, USD, amount_precision",
        "1.0, JPY, amount_precision",
        "0, USD, amount_not_positive",
        "-1, USD, amount_not_positive",
        "92233720368547758.08, USD, amount_too_large",
        "1, XXX, unknown_currency",
    })
    void anything_else_has_its_code(String text, String currency, String code) {
        assertThatThrownBy(() -> Amount.parse(text, currency))
                .isInstanceOfSatisfying(
                        InvalidAmountException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
