package digitalwallet.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Money in and out, from the order to its end. */
final class PaymentsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private final TestPayments payments = TestPayments.shared();

    @Test
    void a_top_up_is_settled_when_the_wallet_has_posted_it() {
        var id = payments.aTopUp("alice", "10.00", "sandbox:ok");
        awaitState(id, "settled");
        var payment = payments.get("user:alice", "/payments/" + id);
        assertThat(payment.text("/provider_reference")).startsWith("sandbox-");
        assertThat(payments.wallet().posted())
                .filteredOn(posted -> posted.paymentId().toString().equals(id))
                .singleElement()
                .satisfies(
                        posted -> {
                            assertThat(posted.type()).isEqualTo("deposit");
                            assertThat(posted.transactionId().toString())
                                    .isEqualTo(payment.text("/transaction_id"));
                        });
    }

    @Test
    void a_top_up_the_wallet_refuses_is_paid_back() {
        var id = payments.aTopUp("closed-bob", "10.00", "sandbox:ok");
        awaitState(id, "refunded");
        assertThat(
                        payments.query(
                                "SELECT kind FROM payments.sandbox_movement WHERE key LIKE '"
                                        + payments.providerKey(id)
                                        + "%' ORDER BY key"))
                .containsExactly("CHARGE", "REFUND");
    }

    @Test
    void a_payout_is_settled_or_its_money_is_returned() {
        var paid = FakeWallet.newId();
        var refused = FakeWallet.newId();
        payments.wallet().withdraw(paid, "alice", "3.00", "sandbox:ok");
        payments.wallet().withdraw(refused, "alice", "4.00", "sandbox:decline");
        awaitState(paid.toString(), "settled");
        awaitState(refused.toString(), "returned");
        assertThat(payments.wallet().posted())
                .filteredOn(posted -> posted.type().equals("reversal"))
                .extracting(FakeWallet.Posted::paymentId)
                .contains(refused)
                .doesNotContain(paid);
    }

    @Test
    void a_refused_top_up_may_be_paid_late() {
        var id = payments.aTopUp("alice", "10.00", "sandbox:late-success");
        awaitState(id, "failed");
        awaitState(id, "settled");
    }

    @Test
    void nothing_is_guessed_while_the_provider_says_nothing() {
        var id = payments.aTopUp("alice", "10.00", "sandbox:delay-3s:timeout:lost-webhook");
        await().atMost(5, TimeUnit.MINUTES)
                .during(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(payments.state(id)).isEqualTo("pending"));
        awaitState(id, "settled");
        assertThat(
                        payments.query(
                                "SELECT action || ' ' || answer FROM payments.provider_call"
                                        + " WHERE key = '"
                                        + payments.providerKey(id)
                                        + "' ORDER BY id LIMIT 2"))
                .containsExactly("send unknown", "query processing");
    }

    @Test
    void what_the_wallet_says_in_words_nobody_knows_blocks_nothing() {
        payments.wallet().tell("alice", "nonsense".getBytes(StandardCharsets.UTF_8));
        var id = FakeWallet.newId();
        payments.wallet().withdraw(id, "alice", "3.00", "sandbox:ok");
        awaitState(id.toString(), "settled");
    }

    @Test
    void what_a_header_calls_a_transfer_is_not_read_and_the_position_moves_on() {
        var wallet = payments.wallet();
        var overlooked = FakeWallet.newId();
        wallet.withdraw(overlooked, "alice", "3.00", "sandbox:ok", "transfer");
        var seen = FakeWallet.newId();
        wallet.withdraw(seen, "alice", "3.00", "sandbox:ok", "payout");
        awaitState(seen.toString(), "settled");
        assertThat(
                        payments.query(
                                "SELECT id FROM payments.payment WHERE id = '" + overlooked + "'"))
                .isEmpty();

        // Nobody waits for an effect of this one, so the position is written for its own sake.
        var before = position();
        wallet.withdraw(FakeWallet.newId(), "alice", "3.00", "sandbox:ok", "transfer");
        await().atMost(PATIENCE).until(() -> position() > before);
    }

    private long position() {
        return payments.query("SELECT sum(next_offset) FROM payments.wallet_position").stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    private void awaitState(String id, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(payments.state(id)).isEqualTo(state));
    }
}
