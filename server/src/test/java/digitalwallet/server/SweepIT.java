package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A wallet that is closed although something is left in it. */
final class SweepIT {

    private final TestWallet wallet = TestWallet.shared();
    private final String user = wallet.aWalletWith("0.03");
    private final String house = wallet.aWalletWith("1.00");
    private final String close = "/wallets/" + user + "/close";
    private final String sweep = "{\"sweep_to\":\"" + house + "\",\"reason\":\"has left\"}";

    @Test
    void dust_does_not_keep_a_wallet_open() {
        wallet.post(
                "system",
                "/deposit",
                TestWallet.deposit(user, "7").replace("}", ",\"currency\":\"JPY\"}"));
        var refused = wallet.post("support", close, "{\"reason\":\"has left\"}");
        assertThat(refused.code()).isEqualTo("balance_not_zero");
        var key = Map.of("Idempotency-Key", "close-" + user);
        var closed = wallet.post("support", close, sweep, key);
        assertThat(closed.status()).isEqualTo(201);
        var id = closed.json().at("/transaction/id").asString();
        var again = wallet.post("support", close, sweep, key);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().at("/transaction/id").asString()).isEqualTo(id);
        for (var history : new String[] {user, house}) {
            var page =
                    wallet.get("support", "/wallets/" + history + "/transactions?type=transfer")
                            .json();
            assertThat(page.path("data").size()).isEqualTo(2);
            for (var item : page.path("data")) {
                assertThat(item.path("related_transaction_id").asString()).isEqualTo(id);
            }
        }
        assertThat(wallet.get("support", "/wallets/" + house + "/balance").text("amount"))
                .isEqualTo("1.03");
        assertThat(wallet.get("support", "/wallets/" + user).text("status")).isEqualTo("closed");
    }

    @Test
    void who_gets_the_rest_is_somebody_else_who_can_receive_it() {
        var themselves = sweep.replace(house, user);
        var reply = wallet.post("support", close, themselves);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("field")).isEqualTo("sweep_to");
        assertThat(wallet.post("support", close, sweep.replace("\"" + house + "\"", "null")).code())
                .isEqualTo("invalid_field");
        var unknown = wallet.post("support", close, sweep.replace(house, "nobody-" + user));
        assertThat(unknown.code()).isEqualTo("wallet_not_found");
        assertThat(wallet.post("system", close, sweep).status()).isEqualTo(403);
        assertThat(wallet.post("user:" + user, close, sweep).status()).isEqualTo(403);
        wallet.post("support", "/wallets/" + house + "/freeze", "{\"reason\":\"a test\"}");
        var frozen = wallet.post("support", close, sweep);
        assertThat(frozen.status()).isEqualTo(409);
        assertThat(frozen.code()).isEqualTo("wallet_frozen");
        assertThat(wallet.get("support", "/wallets/" + user + "/balance").text("amount"))
                .isEqualTo("0.03");
    }
}
