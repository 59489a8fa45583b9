package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers are told about their questions. */
final class QueriesIT {

    private final TestWallet wallet = TestWallet.shared();
    private final String user = wallet.aWalletWith("10.00");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z | from lies after to: swap them",
                "from=2026-01-31 | from is a date: add the time of the day, as in"
                        + " 2026-01-31T00:00:00Z",
                "to=2026-01-31T00:00:00%2B0400 | to has an offset without a colon: write it as in"
                        + " %2B04:00",
                "to=2026-01-31T00:00:00+04:00 | to has a space before its offset: in a query, + is"
                        + " written %2B",
                "to=2026-01-31T00:00:00 | to has no offset: end it with Z, or as in %2B04:00",
                "to=yesterday | to is no time: write it as in 2026-01-31T12:00:00Z"
            })
    void each_fault_of_a_time_has_its_own_sentence(String query, String sentence) {
        for (var path : new String[] {"/wallets/" + user + "/transactions", "/transactions"}) {
            var refused = wallet.get("admin", path + "?" + query);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("invalid_parameter");
            assertThat(refused.text("detail")).isEqualTo(sentence);
            assertThat(query).startsWith(refused.text("field"));
        }
    }

    @Test
    void a_balance_in_a_currency_that_a_user_does_not_hold_says_which_they_do() {
        var other = wallet.get("system", "/wallets/" + user + "/balance?currency=EUR");
        assertThat(other.status()).isEqualTo(404);
        assertThat(other.text("detail")).isEqualTo(user + " holds no EUR: ask for USD");
        var nobody = wallet.get("system", "/wallets/nobody-at-all/balance?currency=EUR");
        assertThat(nobody.text("detail"))
                .isEqualTo("nobody-at-all has no wallet that you may see: check the id");
    }

    @Test
    void labels_stand_in_the_history_for_those_who_may_read_them() {
        var labelled = ",\"metadata\":{\"shelf\":\"7\"}}";
        var noted = TestWallet.deposit(user, "1.00").replace("}", labelled);
        wallet.post("system", "/deposit", noted);
        var history = "/wallets/" + user + "/transactions?limit=1";
        assertThat(wallet.get("system", history).json().at("/data/0/metadata").toString())
                .isEqualTo("{\"shelf\":\"7\"}");
        assertThat(wallet.get("user:" + user, history).json().at("/data/0").has("metadata"))
                .isFalse();
        var own = TestWallet.deposit(user, "1.00").replace("\"system\"", "\"" + user + "\"");
        wallet.post("user:" + user, "/withdraw", own.replace("}", labelled));
        assertThat(wallet.get("user:" + user, history).json().at("/data/0").has("metadata"))
                .isTrue();
    }
}
