package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Why somebody was declined, and what happens to what is not there. */
final class DeclinedIT {

    private final TestWallet wallet = TestWallet.shared();
    private final String user = wallet.aWalletWith("1.00");
    private final String friend = wallet.aWalletWith("1.00");
    private final String history = "/wallets/" + user + "/transactions";

    @Test
    void the_history_tells_why_somebody_was_declined() {
        wallet.post("system", "/withdraw", TestWallet.deposit(user, "5.00"));
        var rejected = wallet.get("user:" + user, history + "?status=rejected").json();
        assertThat(rejected.path("data").size()).isZero();
        assertThat(rejected.path("rejected").size()).isEqualTo(1);
        assertThat(rejected.at("/rejected/0/status").asString()).isEqualTo("rejected");
        assertThat(rejected.at("/rejected/0/rejection/code").asString())
                .isEqualTo("insufficient_funds");
        assertThat(rejected.at("/rejected/0").has("authenticated_as")).isFalse();
        var posted = wallet.get("user:" + user, history + "?status=posted").json();
        assertThat(posted).isEqualTo(wallet.get("user:" + user, history).json());
        for (var filter : new String[] {"&type=deposit", "&currency=EUR"}) {
            var page = wallet.get("user:" + user, history + "?status=rejected" + filter).json();
            assertThat(page.path("rejected").size()).as(filter).isZero();
        }
        assertThat(wallet.get("user:" + user, history + "?status=odd").code())
                .isEqualTo("invalid_parameter");
    }

    @Test
    void a_receiver_does_not_learn_that_the_sender_had_too_little() {
        var transfer =
                TestWallet.deposit(friend, "5.00")
                        .replace("user_id", "from_user_id")
                        .replace("{", "{\"to_user_id\":\"" + user + "\",");
        assertThat(wallet.post("system", "/transfer", transfer).code())
                .isEqualTo("insufficient_funds");
        var own = wallet.get("user:" + user, history + "?status=rejected").json();
        assertThat(own.path("rejected").size()).isZero();
        var all = wallet.get("admin", "/transactions?status=rejected&user_id=" + user).json();
        assertThat(all.path("data").size()).isEqualTo(1);
    }

    @Test
    void an_unknown_wallet_is_404_whatever_is_asked_of_it() {
        var unknown = "/wallets/nobody-" + user;
        var reason = "{\"reason\":\"a test\"}";
        for (var verb : new String[] {"/freeze", "/unfreeze", "/close", "/reopen"}) {
            var reply = wallet.post("admin", unknown + verb, reason);
            assertThat(reply.status()).as(verb).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("wallet_not_found");
        }
        for (var path : new String[] {"", "/transactions", "/transactions?status=rejected"}) {
            assertThat(wallet.get("admin", unknown + path).code())
                    .as(path)
                    .isEqualTo("wallet_not_found");
        }
    }
}
