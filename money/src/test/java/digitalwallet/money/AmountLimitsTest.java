package digitalwallet.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "USD, 1000000000.00",
        "EUR, 1000000000.00",
        "KWD, 1000000000.000",
        "JPY, 100000000000",
        "KRW, 1000000000000",
        "VND, 10000000000000",
        "IRR, 9223372036854.77",
    })
    void the_usual_limits_are_worth_about_the_same(String currency, String largest) {
        assertThat(largest(AmountLimits.USUAL, currency)).isEqualTo(largest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USD:1000000.00 | USD | 1000000.00",
                "USD:1000000.00 | EUR | 1000000000.00",
                "USD:1000000.00,VND:25000000000 | VND | 25000000000",
                "500 | JPY | 500",
                "500,JPY:70000 | JPY | 70000",
                "JPY:70000,500 | KWD | 500.000",
                "JPY:70000.99 | JPY | 70000",
            })
    void a_limit_is_the_currencys_own_or_that_for_all(String text, String currency, String max) {
        assertThat(largest(AmountLimits.find(text).orElseThrow(), currency)).isEqualTo(max);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "usd:1",
                "XXX:1",
                "USD:",
                "USD:-1",
                "USD:1e9",
                "USD:1,",
                "USD:1, EUR:1",
                "USD:1,USD:2",
                "1,2",
                "USD=1"
            })
    void what_is_no_list_of_limits_is_not_found(String text) {
        assertThat(AmountLimits.find(text)).isEmpty();
    }

    @Test
    void a_number_for_all_is_the_same_in_every_currency() {
        var same = AmountLimits.same(new BigDecimal("1000"));
        assertThat(largest(same, "VND")).isEqualTo("1000");
    }

    private static String largest(AmountLimits limits, String currency) {
        return limits.largest(CurrencyCode.of(currency)).toDecimal();
    }
}
