package digitalwallet.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyCodeTest {

    @ParameterizedTest
    @CsvSource({
        "USD, 2", "EUR, 2", "GBP, 2", "CHF, 2", "XAD, 2", "JPY, 0", "KRW, 0", "ISK, 0", "XOF, 0",
        "KWD, 3", "BHD, 3", "TND, 3", "CLF, 4", "UYW, 4"
    })
    void a_currency_has_the_decimals_of_iso_4217(String code, int decimals) {
        assertThat(CurrencyCode.of(code).decimals()).isEqualTo(decimals);
    }

    // Withdrawn, without a minor unit, or never one at all.
    @ParameterizedTest
    @ValueSource(strings = {"HRK", "DEM", "XAU", "XXX", "XTS", "ABC", "usd", "US", "USDX", ""})
    void what_is_no_active_currency_is_not_found(String code) {
        assertThat(CurrencyCode.find(code)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> CurrencyCode.of(code));
    }

    @Test
    void a_currency_is_one_object_so_that_it_can_be_compared_by_identity() {
        assertThat(CurrencyCode.of("USD")).isSameAs(CurrencyCode.of("USD"));
        assertThat(CurrencyCode.find("USD")).containsSame(CurrencyCode.of("USD"));
    }
}
