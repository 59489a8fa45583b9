package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.Contract;
import digitalwallet.contract.RawHttp;
import digitalwallet.contract.RawRequests;
import org.junit.jupiter.api.Test;

/** Requests that no client library would send: they get a problem document and change nothing. */
final class RawRequestsIT {

    private final TestWallet wallet = TestWallet.shared();
    private final String user = wallet.aWalletWith("10.00");
    private final RawHttp http = new RawHttp(wallet.server().port());
    private final String body = TestWallet.deposit(user, "1.00");
    private final RawRequests requests = new RawRequests("/deposit", wallet.token("system"), body);

    @Test
    void what_is_not_proper_is_refused_with_a_problem() {
        assertThat(requests.wronglyAnswered(http, Contract.WALLET)).isEmpty();
        assertThat(balance()).isEqualTo("10.00");
    }

    @Test
    void a_body_that_ends_too_early_changes_nothing() {
        var cut = requests.post("Content-Length: " + (body.length() + 10));
        assertThat(http.sendAndHangUp(cut)).doesNotContain("201");
        assertThat(balance()).isEqualTo("10.00");
    }

    private String balance() {
        return wallet.get("system", "/wallets/" + user + "/balance").text("amount");
    }
}
