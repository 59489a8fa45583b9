package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.money.CurrencyCode;
import digitalwallet.payments.Amount;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The ledger and the payments service mean the same by an amount: each has its own list of
 * currencies, for neither may depend on the other.
 */
final class CurrenciesTest {

    @Test
    void both_know_the_same_currencies_with_the_same_decimals() {
        var ledger = new TreeMap<String, Integer>();
        var payments = new TreeMap<String, Integer>();
        for (char a = 'A'; a <= 'Z'; a++) {
            for (char b = 'A'; b <= 'Z'; b++) {
                for (char c = 'A'; c <= 'Z'; c++) {
                    var code = "" + a + b + c;
                    CurrencyCode.find(code)
                            .ifPresent(currency -> ledger.put(code, currency.decimals()));
                    if (Amount.isCurrency(code)) {
                        payments.put(code, decimals(new Amount(1, code).text()));
                    }
                }
            }
        }
        assertThat(ledger).hasSizeGreaterThan(150).containsEntry("USD", 2).containsEntry("JPY", 0);
        assertThat(payments).isEqualTo(ledger);
    }

    private static int decimals(String amount) {
        int point = amount.indexOf('.');
        return point < 0 ? 0 : amount.length() - point - 1;
    }
}
