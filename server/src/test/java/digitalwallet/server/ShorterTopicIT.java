package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.messages.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The broker was restored to a time before what the books have processed. What is queued now would
 * stand where something else was processed already, and be skipped.
 */
final class ShorterTopicIT {

    private static final Map<String, String> ASYNC = Map.of("Prefer", "respond-async");

    @Test
    void nobody_is_told_that_a_command_is_queued_and_then_it_is_lost() {
        try (var queue = QueueFixture.start();
                var other = otherInstance(queue.wallet())) {
            // The server itself never opens the partition that has lost messages.
            int shorter = other.assignment().iterator().next().partition();
            queue.alter(
                    """
                    INSERT INTO queue_position
                    SELECT topic_id, %d, 0, 1000, 1, 1, gen_random_uuid()
                    FROM queue_topic WHERE name = 'wallet.commands'\
                    """
                            .formatted(shorter));
            var wallet = queue.wallet();
            var deposit = TestWallet.deposit("alice", "1.00");
            var reply = wallet.post("system", "/deposit", deposit, ASYNC);
            assertThat(reply.status()).as(reply.body()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isNotNull();
            assertThat(wallet.metric("wallet_queue_lost_partitions")).isZero();
            assertThat(wallet.post("system", "/deposit", deposit).status()).isEqualTo(201);
            assertThat(wallet.get("system", "/wallets/alice/balance").text("amount"))
                    .isEqualTo("1.00");
        }
    }

    /** Another member of the wallet's group, which has some of the partitions. */
    private static KafkaConsumer<byte[], byte[]> otherInstance(TestWallet wallet) {
        var other =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                wallet.environment().get("WALLET_KAFKA_BOOTSTRAP"),
                                "group.id",
                                "wallet",
                                "enable.auto.commit",
                                false,
                                "partition.assignment.strategy",
                                List.of(CooperativeStickyAssignor.class)),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        other.subscribe(List.of(Topic.COMMANDS.word()));
        Awaitility.await()
                .atMost(QueueFixture.PATIENCE)
                .until(
                        () -> {
                            other.poll(Duration.ofMillis(100));
                            return !other.assignment().isEmpty();
                        });
        return other;
    }
}
