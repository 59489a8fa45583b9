package digitalwallet.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker of {@code ./wallet up} lets nobody do what is not theirs. */
final class BrokerAccountsIT {

    private static final List<String> TOPICS =
            List.of(
                    "wallet.commands",
                    "wallet.commands.dead",
                    "wallet.transactions",
                    "payments.events");

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir private Path folder;

    @Test
    void each_account_does_what_is_its_own_and_a_stranger_nothing() throws Exception {
        try (var kafka = started()) {
            kafka.grant(Set.of("orders"));
            makeTopics(kafka, BrokerAccounts.SERVER);
            var orders = BrokerAccounts.producer("orders");

            send(kafka, orders, "wallet.commands");
            assertRefused(kafka, orders, "payments.events");
            assertRefused(kafka, orders, "wallet.transactions");
            assertThatThrownBy(() -> read(kafka, orders, "wallet.commands"))
                    .isInstanceOf(AuthorizationException.class);
            send(kafka, BrokerAccounts.PAYMENTS, "payments.events");
            assertRefused(kafka, BrokerAccounts.PAYMENTS, "wallet.commands");
            assertRefused(kafka, BrokerAccounts.PAYMENTS, "wallet.transactions");
            assertRefused(kafka, BrokerAccounts.OWNER, "wallet.transactions");
            assertThat(read(kafka, BrokerAccounts.OWNER, "wallet.commands")).isEqualTo("hello");

            assertThatThrownBy(() -> ask(login(kafka, BrokerAccounts.SERVER, "guessed")))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
            assertThatThrownBy(() -> ask(login(kafka, "stranger", "guessed")))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
            assertThatThrownBy(() -> ask(Map.of("bootstrap.servers", kafka.bootstrap())))
                    .hasCauseInstanceOf(TimeoutException.class);

            kafka.grant(Set.of());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThatThrownBy(() -> ask(login(kafka, orders)))
                                            .hasCauseInstanceOf(SaslAuthenticationException.class));
        }
    }

    @Test
    void a_folder_of_an_open_broker_is_secured_and_passwords_outlive_a_restart() throws Exception {
        int port;
        try (var open = LocalKafka.start(folder)) {
            port = open.port();
        }
        try (var kafka = started()) {
            assertThat(kafka.port()).isEqualTo(port);
            kafka.grant(Set.of());
            makeTopics(kafka, BrokerAccounts.SERVER);
            kafka.restart();
            kafka.grant(Set.of());
            send(kafka, BrokerAccounts.SERVER, "wallet.commands");
        }
        try (var files = Files.list(folder.resolve("accounts"))) {
            for (var file : files.toList()) {
                assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
            }
        }
    }

    private LocalKafka started() throws IOException {
        var kafka = LocalKafka.launchSecured(folder, folder.resolve("kafka.log"));
        try {
            Awaitility.await().atMost(PATIENCE).until(kafka::isReady);
            return kafka;
        } catch (RuntimeException e) {
            kafka.close();
            throw new IOException(Files.readString(folder.resolve("kafka.log")), e);
        }
    }

    private void makeTopics(LocalKafka kafka, String account)
            throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(login(kafka, account))) {
            var topics = TOPICS.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList();
            admin.createTopics(topics).all().get();
        }
    }

    private void assertRefused(LocalKafka kafka, String account, String topic) {
        assertThatThrownBy(() -> send(kafka, account, topic))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    private void send(LocalKafka kafka, String account, String topic)
            throws ExecutionException, InterruptedException {
        try (var producer =
                new KafkaProducer<>(
                        login(kafka, account), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "hello")).get();
        }
    }

    private String read(LocalKafka kafka, String account, String topic) {
        var settings = login(kafka, account);
        settings.put("group.id", "any");
        settings.put("auto.offset.reset", "earliest");
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    return record.value();
                }
            }
        }
    }

    private static void ask(Map<String, Object> settings)
            throws ExecutionException, InterruptedException {
        var patient = new HashMap<>(settings);
        patient.put("default.api.timeout.ms", 5_000);
        patient.put("request.timeout.ms", 4_000);
        try (var admin = Admin.create(patient)) {
            admin.describeCluster().clusterId().get();
        }
    }

    private Map<String, Object> login(LocalKafka kafka, String account) {
        var settings = new HashMap<String, Object>(BrokerAccounts.of(folder).client(account));
        settings.put("bootstrap.servers", kafka.bootstrap());
        return settings;
    }

    private Map<String, Object> login(LocalKafka kafka, String account, String password) {
        var settings = login(kafka, account);
        var right = BrokerAccounts.of(folder).password(account);
        settings.computeIfPresent(
                "sasl.jaas.config", (_, login) -> login.toString().replace(right, password));
        return settings;
    }
}
