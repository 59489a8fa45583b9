package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user learns of those to whom they send. */
final class ReceiverIT {

    private static final String REASON = "{\"initiated_by\":\"admin\",\"reason\":\"a test\"}";

    private final TestWallet wallet = TestWallet.shared();
    private final String sender = wallet.aWalletWith("10.00");

    @Test
    void to_a_user_a_receiver_is_unavailable_whatever_the_reason_is() {
        var bodies = new ArrayList<String>();
        for (var receiver : unavailable()) {
            var refused = wallet.post("user:" + sender, "/transfer", transfer(sender, receiver));
            assertThat(refused.status()).isEqualTo(422);
            bodies.add(
                    refused.body()
                            .replace(refused.text("transaction_id"), "ID")
                            .replace(refused.text("request_id"), "ID"));
            var id = refused.text("transaction_id");
            var record = wallet.get("user:" + sender, "/transactions/" + id);
            assertThat(record.json().path("rejection").toString())
                    .isEqualTo("{\"code\":\"receiver_unavailable\"}");
        }
        assertThat(bodies.stream().distinct()).hasSize(1);
        assertThat(bodies.getFirst()).contains("receiver_unavailable");
    }

    @Test
    void a_batch_says_no_more() {
        for (var receiver : unavailable()) {
            var command = "{\"type\":\"transfer\"," + transfer(sender, receiver).substring(1);
            for (var atomic : List.of("true", "false")) {
                var batch = "{\"atomic\":%s,\"commands\":[%s]}".formatted(atomic, command);
                var body = wallet.post("user:" + sender, "/batch", batch).body();
                assertThat(body).contains("receiver_unavailable").doesNotContain("wallet_");
            }
        }
    }

    @Test
    void a_batch_to_many_who_cannot_receive_waits_once_and_not_for_each() {
        var command =
                "{\"type\":\"transfer\"," + transfer(sender, TestWallet.somebody()).substring(1);
        var commands = String.join(",", Collections.nCopies(1_000, command));
        // A tenth of a second for each would be a hundred seconds.
        var body =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(80),
                        () ->
                                wallet.post(
                                                "user:" + sender,
                                                "/batch",
                                                "{\"commands\":[" + commands + "]}")
                                        .body());
        assertThat(body.split("\"receiver_unavailable\"", -1)).hasSize(1_001);
    }

    @Test
    void other_roles_are_told_the_reason() {
        var codes = new ArrayList<String>();
        for (var receiver : unavailable()) {
            var body = transfer("system", receiver).replace("\"system\"", "\"" + sender + "\"");
            codes.add(wallet.post("system", "/transfer", body).code());
        }
        assertThat(codes).containsExactly("wallet_not_found", "wallet_frozen", "wallet_closed");
    }

    @Test
    void a_user_is_told_first_what_is_wrong_on_their_own_side() {
        var body = transfer(sender, TestWallet.somebody()).replace("1.00", "99.00");
        assertThat(wallet.post("user:" + sender, "/transfer", body).code())
                .isEqualTo("insufficient_funds");
    }

    /** Absent, frozen, closed. */
    private List<String> unavailable() {
        var frozen = wallet.aWalletWith("1.00");
        var closed = TestWallet.somebody();
        wallet.post("system", "/wallets", "{\"user_id\":\"" + closed + "\"}");
        wallet.post("admin", "/wallets/" + frozen + "/freeze", REASON);
        wallet.post("admin", "/wallets/" + closed + "/close", REASON);
        return List.of(TestWallet.somebody(), frozen, closed);
    }

    private static String transfer(String from, String to) {
        return """
        {"from_user_id":"%s","to_user_id":"%s","amount":"1.00","initiated_by":"%s"}\
        """
                .formatted(from, to, from);
    }
}
