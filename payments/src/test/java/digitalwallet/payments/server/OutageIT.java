package digitalwallet.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import digitalwallet.messages.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
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

    /** More partitions than there were when the service began to read. */
    @Test
    void a_payout_in_a_partition_that_was_added_later_is_paid() throws Exception {
        try (var payments = TestPayments.running(Map.of())) {
            var address = Map.<String, Object>of("bootstrap.servers", payments.kafka().bootstrap());
            var topic = Topic.TRANSACTIONS.word();
            int partitions;
            try (var admin = Admin.create(address)) {
                var described = admin.describeTopics(List.of(topic)).allTopicNames().get();
                partitions = Objects.requireNonNull(described.get(topic)).partitions().size();
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2 * partitions)))
                        .all()
                        .get();
            }
            // So many users that some of their events are in the new partitions.
            var ids = new ArrayList<String>();
            for (int i = 0; i < 10 * partitions; i++) {
                var id = FakeWallet.newId();
                payments.wallet().withdraw(id, "user-" + i, "1.00", "sandbox:ok");
                ids.add(id.toString());
            }
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(payments.query("SELECT id FROM payments.payment"))
                                            .hasSize(ids.size()));
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
