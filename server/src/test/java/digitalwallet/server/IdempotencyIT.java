package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** One key, one effect, one answer. */
final class IdempotencyIT {

    private final TestWallet wallet = TestWallet.shared();

    @Test
    void a_posted_command_is_answered_again_to_the_last_byte() {
        var user = TestWallet.somebody();
        var key = Map.of("Idempotency-Key", "posted-" + user);
        var first = wallet.post("system", "/deposit", TestWallet.deposit(user, "5"), key);
        var again = wallet.post("system", "/deposit", TestWallet.deposit(user, "5.00"), key);
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(wallet.get("system", "/wallets/" + user + "/balance").text("amount"))
                .isEqualTo("5.00");
    }

    @Test
    void a_rejected_command_is_answered_again_but_for_the_id_of_the_request() {
        var user = wallet.aWalletWith("1.00");
        var key = Map.of("Idempotency-Key", "rejected-" + user);
        var first = wallet.post("system", "/withdraw", TestWallet.deposit(user, "5"), key);
        var again = wallet.post("system", "/withdraw", TestWallet.deposit(user, "5"), key);
        assertThat(first.code()).isEqualTo("insufficient_funds");
        assertThat(again.text("request_id")).isEqualTo(again.header("X-Request-Id"));
        assertThat(first.text("request_id")).isEqualTo(first.header("X-Request-Id"));
        assertThat(again.body().replace(again.text("request_id"), first.text("request_id")))
                .isEqualTo(first.body());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void a_key_does_not_pass_for_another_request() {
        var user = wallet.aWalletWith("1.00");
        var key = Map.of("Idempotency-Key", "reused-" + user);
        wallet.post("system", "/deposit", TestWallet.deposit(user, "5"), key);
        var other = wallet.post("system", "/deposit", TestWallet.deposit(user, "6"), key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
    }
}
