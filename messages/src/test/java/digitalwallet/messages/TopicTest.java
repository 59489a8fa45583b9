package digitalwallet.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How topics are kept, and what would lose messages. */
final class TopicTest {

    @ParameterizedTest
    @EnumSource(Topic.class)
    void what_a_topic_is_created_with_is_safe(Topic topic) {
        for (int replication = 1; replication <= 5; replication++) {
            assertThat(topic.unsafe(topic.config(replication, true), replication)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "COMMANDS, retention.ms, 604800000, 3, true",
        "COMMANDS, retention.bytes, 1000, 3, true",
        "COMMANDS, cleanup.policy, compact, 3, true",
        "COMMANDS, cleanup.policy, 'compact,delete', 3, true",
        "COMMANDS, min.insync.replicas, 1, 3, true",
        "COMMANDS, min.insync.replicas, 1, 1, false",
        "COMMANDS, min.insync.replicas, 3, 3, false",
        "COMMANDS, unclean.leader.election.enable, true, 1, true",
        "DEAD, retention.ms, 1, 3, true",
        "TRANSACTIONS, retention.ms, 1, 3, false",
        "TRANSACTIONS, min.insync.replicas, 1, 3, true",
        "PAYMENTS, retention.ms, 604800000, 1, true",
        "PAYMENTS, retention.ms, ?, 1, true",
        "COMMANDS, compression.type, producer, 3, true",
        "DEAD, compression.type, gzip, 3, true",
        "TRANSACTIONS, compression.type, producer, 3, false",
        "COMMANDS, max.decompressed.message.bytes, 2147483639, 3, true",
        "TRANSACTIONS, max.decompressed.message.bytes, 2147483639, 3, true",
        "PAYMENTS, max.decompressed.message.bytes, 1000000, 3, false",
    })
    void an_existing_topic_is_judged_by_what_it_could_lose(
            Topic topic, String setting, String value, int replication, boolean unsafe) {
        var config = new HashMap<>(topic.config(replication, false));
        config.put(setting, value);
        assertThat(topic.unsafe(config, replication)).hasSize(unsafe ? 1 : 0);
        if (unsafe) {
            assertThat(topic.unsafe(config, replication).getFirst())
                    .contains(topic.word())
                    .contains("set " + setting + "=");
        }
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void a_broker_that_does_not_know_the_newer_bound_is_not_asked_for_it(Topic topic) {
        var config = Topic.knownToAll(topic.config(3, false));
        assertThat(config).doesNotContainKey("max.decompressed.message.bytes");
        assertThat(topic.unsafe(config, 3)).isEmpty();
    }

    @Test
    void only_the_single_broker_flushes_each_message() {
        assertThat(Topic.COMMANDS.config(1, true)).containsEntry("flush.messages", "1");
        assertThat(Topic.PAYMENTS.config(1, true)).containsEntry("flush.messages", "1");
        assertThat(Topic.COMMANDS.config(3, false)).doesNotContainKey("flush.messages");
        assertThat(Topic.TRANSACTIONS.config(1, true)).doesNotContainKey("flush.messages");
    }

    @Test
    void in_sync_replicas_are_one_less_than_there_are() {
        assertThat(
                        Map.of(
                                1, Topic.PAYMENTS.config(1, false),
                                3, Topic.PAYMENTS.config(3, false)))
                .allSatisfy(
                        (replication, config) ->
                                assertThat(config)
                                        .containsEntry(
                                                "min.insync.replicas",
                                                Integer.toString(Math.max(1, replication - 1))));
    }
}
