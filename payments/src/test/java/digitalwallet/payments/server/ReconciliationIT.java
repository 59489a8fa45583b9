package digitalwallet.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each difference between payments, ledger and provider has its name. */
final class ReconciliationIT {

    private static TestPayments payments;

    @BeforeAll
    static void start() {
        payments = TestPayments.running(Map.of("PAYMENTS_REQUERY_SECONDS_MAX", "3600"));
    }

    @AfterAll
    static void stop() {
        payments.close();
    }

    @Test
    void what_agrees_has_no_difference() {
        settledTopUp("agree");
        assertThat(differencesOf("agree")).isEmpty();
    }

    @Test
    void a_deposit_without_a_payment_is_named() {
        payments.wallet().deposit("smuggler", "10.00", "sandbox-made-up");
        payments.wallet().deposit("by-hand", "10.00", "wire-7");
        await().atMost(5, TimeUnit.MINUTES)
                .untilAsserted(
                        () ->
                                assertThat(differencesOf("smuggler"))
                                        .containsExactly("deposit_without_payment"));
        assertThat(differencesOf("by-hand")).isEmpty();
    }

    @Test
    void a_payment_whose_transaction_was_never_seen_is_named() {
        var id = settledTopUp("unseen");
        tamper("DELETE FROM payments.wallet_transaction WHERE payment_id = '" + id + "'");
        assertThat(differencesOf("unseen")).containsExactly("settled_without_transaction");
    }

    @Test
    void a_top_up_that_was_paid_and_not_posted_is_named() {
        var id = settledTopUp("unposted");
        tamper("UPDATE payments.payment SET state = 'succeeded' WHERE id = '" + id + "'");
        assertThat(differencesOf("unposted")).containsExactly("succeeded_without_deposit");
    }

    @Test
    void amounts_that_differ_are_named_on_both_sides() {
        var id = settledTopUp("differs");
        tamper("UPDATE payments.payment SET amount = 999 WHERE id = '" + id + "'");
        assertThat(differencesOf("differs"))
                .containsExactlyInAnyOrder("amounts_differ", "provider_amount_differs");
    }

    @Test
    void what_only_the_provider_knows_is_named() {
        var id = settledTopUp("decided");
        tamper(
                "UPDATE payments.payment SET state = 'pending', next_action_at = NULL,"
                        + " event_id = NULL WHERE id = '"
                        + id
                        + "'");
        assertThat(differencesOf("decided"))
                .contains("provider_succeeded_here_pending", "top_up_pending");
    }

    @Test
    void what_the_provider_never_heard_of_is_named() {
        var id = payments.providerKey(settledTopUp("forgotten"));
        tamper(
                "UPDATE payments.sandbox_webhook SET key = (SELECT key FROM"
                        + " payments.sandbox_movement WHERE key <> '"
                        + id
                        + "' LIMIT 1)"
                        + " WHERE key = '"
                        + id
                        + "'");
        tamper("UPDATE payments.sandbox_movement SET key = 'x' || key WHERE key = '" + id + "'");
        assertThat(differencesOf("forgotten"))
                .containsExactly(
                        "provider_unaware_here_succeeded", "provider_charged_without_payment");
    }

    @Test
    void a_payout_that_was_returned_and_paid_all_the_same_is_named() {
        var id = FakeWallet.newId();
        payments.wallet().withdraw(id, "twice", "3.00", "sandbox:decline");
        awaitState(id.toString(), "returned");
        tamper(
                "UPDATE payments.sandbox_movement SET script = 'sandbox:ok' WHERE key = '"
                        + id
                        + "'");
        assertThat(differencesOf("twice")).containsExactly("provider_succeeded_here_returned");
    }

    @Test
    void a_payout_in_transit_is_named_once_it_is_no_longer_young() {
        var id = FakeWallet.newId();
        payments.wallet().withdraw(id, "waiting", "3.00", "sandbox:delay-300s");
        awaitState(id.toString(), "pending");
        assertThat(differencesOf("waiting")).containsExactly("payout_in_transit");
        var young = payments.get("admin", "/payments/reconciliation?grace_seconds=3600");
        assertThat(young.body()).doesNotContain(id.toString());
    }

    private String settledTopUp(String user) {
        var id = payments.aTopUp(user, "10.00", "sandbox:ok");
        awaitState(id, "settled");
        return id;
    }

    private static List<String> differencesOf(String user) {
        var report = payments.get("auditor", "/payments/reconciliation?grace_seconds=0");
        assertThat(report.status()).as(report.body()).isEqualTo(200);
        var codes = new ArrayList<String>();
        for (var each : report.json().path("differences").values()) {
            if (each.path("user_id").asString().equals(user)) {
                codes.add(each.path("code").asString());
            }
        }
        return codes;
    }

    /** Changes the tables as somebody with the database's password might. */
    private static void tamper(String sql) {
        payments.query(sql + " RETURNING 1");
    }

    private static void awaitState(String id, String state) {
        await().atMost(Duration.ofMinutes(5))
                .untilAsserted(() -> assertThat(payments.state(id)).isEqualTo(state));
    }
}
