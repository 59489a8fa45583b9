package digitalwallet.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Kafka goes away and comes back. */
final class OutageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void without_kafka_nothing_new_is_taken_and_what_is_under_way_ends_when_it_is_back() {
        try (var payments = TestPayments.running(Map.of())) {
            var id = payments.aTopUp("alice", "10.00", "sandbox:delay-3s");
            payments.kafka().kill();
            await().atMost(PATIENCE).until(() -> ready(payments).status() == 503);

            var order = TestPayments.order("alice", "10.00", "sandbox:ok");
            var refused = payments.topUp("system", UUID.randomUUID().toString(), order);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("unavailable");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(payments.get("system", "/payments/" + id).status()).isEqualTo(200);
            awaitState(id, "succeeded", payments);

            payments.kafka().restart();
            awaitState(id, "settled", payments);
            await().atMost(PATIENCE).until(() -> ready(payments).status() == 200);
            assertThat(payments.query("SELECT user_id FROM payments.payment")).hasSize(1);
        }
    }

    private static Reply ready(TestPayments payments) {
        return payments.send(payments.request("/readyz").GET());
    }

    private static void awaitState(String id, String state, TestPayments payments) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(payments.state(id)).isEqualTo(state));
    }
}
