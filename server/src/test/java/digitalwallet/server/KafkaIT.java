package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.Topic;
import digitalwallet.messages.WalletEvent;
import digitalwallet.process.settings.InvalidSettingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server and Kafka: together, apart, and when a topic is not what it should be. */
final class KafkaIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir private Path folder;

    @Test
    void what_is_posted_is_told_and_an_unsafe_topic_ends_the_start() throws Exception {
        try (var kafka = LocalKafka.temporary()) {
            var variables = variables(kafka.bootstrap());
            var wallet = TestWallet.with(variables);
            try (var server = wallet.server()) {
                var user = wallet.aWalletWith("10.00");
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(
                                () ->
                                        assertThat(balances(kafka))
                                                .containsEntry(user, "10.00")
                                                .hasSize(1));
                assertThat(metrics(server))
                        .contains("wallet_kafka_available 1.0", "wallet_events_publisher 1.0");
            }
            forget(kafka);
            assertThatThrownBy(() -> TestWallet.with(variables))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("wallet.commands")
                    .hasMessageContaining("retention.ms=-1");
            variables.put("WALLET_KAFKA_ALLOW_UNSAFE", "true");
            TestWallet.with(variables).server().close();
        }
    }

    @Test
    void without_kafka_the_wallet_works_and_what_is_found_later_ends_it() throws Exception {
        try (var kafka = LocalKafka.temporary()) {
            var variables = variables(kafka.bootstrap());
            TestWallet.with(variables).server().close();
            forget(kafka);
            kafka.stop();
            var wallet = TestWallet.with(variables);
            try (var server = wallet.server()) {
                wallet.aWalletWith("10.00");
                assertThat(metrics(server)).contains("wallet_kafka_available 0.0");
                assertThat(server.failure()).isNotDone();
                kafka.restart();
                assertThat(server.failure().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .contains("retention.ms=-1");
                wallet.aWalletWith("10.00");
            }
        }
    }

    @Test
    void a_queue_key_that_is_missing_or_short_ends_the_start() throws Exception {
        var variables = variables("127.0.0.1:1");
        var key = folder.resolve("other");
        variables.put("WALLET_QUEUE_KEY_FILE", key.toString());
        assertThatThrownBy(() -> TestWallet.with(variables))
                .hasMessage("The queue key " + key + " cannot be read.");
        Files.writeString(key, "short");
        assertThatThrownBy(() -> TestWallet.with(variables))
                .hasMessageStartingWith("The queue key " + key + " is too short");
    }

    private Map<String, String> variables(String bootstrap) throws IOException {
        var key = folder.resolve("queue-key");
        Files.writeString(key, "a queue key of 32 bytes or more .");
        var variables = new HashMap<String, String>();
        variables.put("WALLET_KAFKA_BOOTSTRAP", bootstrap);
        variables.put("WALLET_KAFKA_REPLICATION", "1");
        variables.put("WALLET_QUEUE_KEY_FILE", key.toString());
        variables.put("WALLET_EVENT_KEY_FILE", key.toString());
        return variables;
    }

    /** The balance of each user, as the events say. */
    private static Map<String, String> balances(LocalKafka kafka) {
        var balances = new HashMap<String, String>();
        try (var consumer =
                new KafkaConsumer<>(
                        KafkaSettings.local(kafka.bootstrap(), 4).consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions = new ArrayList<TopicPartition>();
            consumer.partitionsFor(Topic.TRANSACTIONS.word())
                    .forEach(
                            info ->
                                    partitions.add(
                                            new TopicPartition(info.topic(), info.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (var each : consumer.poll(Duration.ofSeconds(2))) {
                var wallet = WalletEvent.read(CloudEvent.read(each.value())).wallet();
                if (wallet != null) {
                    balances.put(wallet.userId(), wallet.balanceAfter());
                }
            }
        }
        return balances;
    }

    private static void forget(LocalKafka kafka) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.COMMANDS.word());
        var day =
                new AlterConfigOp(
                        new ConfigEntry("retention.ms", "86400000"), AlterConfigOp.OpType.SET);
        try (var admin = Admin.create(KafkaSettings.local(kafka.bootstrap(), 4).admin())) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(day))).all().get();
        }
    }

    private static String metrics(WalletServer server) throws Exception {
        var address = URI.create("http://127.0.0.1:" + server.managementPort() + "/metrics");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
