package digitalwallet.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The whole process is killed again and again while money is on its way. */
final class KillIT {

    private static final int KILLS = 4;
    private static final List<String> SCRIPTS =
            List.of(
                    "ok",
                    "decline",
                    "delay-2s",
                    "timeout",
                    "unreachable",
                    "late-success",
                    "duplicate-webhook",
                    "lost-webhook");

    @Test
    void a_service_that_is_killed_at_any_time_loses_and_doubles_nothing() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        try (var payments = TestPayments.prepared(Map.of());
                var process = PaymentsProcess.start(payments)) {
            payments.sendTo(process.port());
            process.awaitReady();
            var orders = new HashMap<String, String>();
            for (int kill = 0; kill < KILLS; kill++) {
                order(orders, payments);
                Thread.sleep(random.nextInt(1_500));
                process.kill();
                process.restart();
                process.awaitReady();
                repeatOrders(orders, payments);
            }
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(payments.unfinished()).isEmpty());
            assertHappenedOnce(orders, payments, seed);
        }
    }

    /** Orders some payouts, and some top-ups whose answers may be lost, so their keys are kept. */
    private static void order(Map<String, String> orders, TestPayments payments) {
        for (var script : SCRIPTS) {
            var order = TestPayments.order("alice", "10.00", "sandbox:" + script);
            var key = UUID.randomUUID().toString();
            orders.put(key, order);
            payments.topUp("system", key, order);
            payments.wallet().withdraw(FakeWallet.newId(), "bob", "5.00", "sandbox:" + script);
        }
    }

    private static void repeatOrders(Map<String, String> orders, TestPayments payments) {
        orders.forEach(
                (key, order) ->
                        assertThat(payments.topUp("system", key, order).status()).isEqualTo(202));
    }

    private static void assertHappenedOnce(
            Map<String, String> orders, TestPayments payments, long seed) {
        var posted = payments.wallet().posted();
        assertThat(payments.query("SELECT id FROM payments.payment WHERE kind = 'top-up'"))
                .hasSize(orders.size());
        assertThat(payments.query("SELECT id FROM payments.payment WHERE kind = 'payout'"))
                .hasSize(orders.size());
        assertThat(posted.stream().map(FakeWallet.Posted::paymentId))
                .as("seed " + seed)
                .doesNotHaveDuplicates()
                .hasSize(2 * orders.size() - KILLS);
    }
}
