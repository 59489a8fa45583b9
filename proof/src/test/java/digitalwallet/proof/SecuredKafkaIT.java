package digitalwallet.proof;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import digitalwallet.messages.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wallet and the payments service at a broker that checks certificates, passwords and rights:
 * they work with what the documents say they need, and say what is wrong in one sentence.
 */
final class SecuredKafkaIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final SecuredBroker.Account WALLET =
            new SecuredBroker.Account("wallet", "6f1e-the-wallet-s");
    private static final SecuredBroker.Account PAYMENTS =
            new SecuredBroker.Account("payments", "93ab-the-payments-");

    @TempDir private static Path folder;
    private static SecuredBroker broker;
    private static SecuredServices services;
    private static Path stranger;

    @BeforeAll
    static void start() throws IOException {
        var certificates = new Certificates(folder);
        var keyStore = certificates.ofBroker();
        stranger = certificates.stranger();
        var home = Files.createDirectory(folder.resolve("broker"));
        broker = SecuredBroker.start(home, keyStore, PAYMENTS, WALLET);
        allowWhatIsDocumented();
        services = new SecuredServices(folder, broker.bootstrap(), certificates.authority());
    }

    @AfterAll
    static void stop() {
        services.close();
        broker.close();
    }

    /** The rights that docs/operations/kafka.md names. */
    private static void allowWhatIsDocumented() {
        var topics = Arrays.stream(Topic.values()).map(Topic::word).toList();
        var ofTopics = List.of(DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE, CREATE);
        broker.allow(WALLET, ResourceType.TOPIC, topics, ofTopics);
        var id = List.of("wallet-events");
        broker.allow(WALLET, ResourceType.TRANSACTIONAL_ID, id, List.of(DESCRIBE, WRITE));
        broker.allow(WALLET, ResourceType.GROUP, List.of("wallet"), List.of(READ));
        var payments = List.of(Topic.PAYMENTS.word());
        var events = List.of(Topic.TRANSACTIONS.word());
        var both = List.of(DESCRIBE, DESCRIBE_CONFIGS);
        broker.allow(PAYMENTS, ResourceType.TOPIC, payments, both);
        broker.allow(PAYMENTS, ResourceType.TOPIC, payments, List.of(WRITE));
        broker.allow(PAYMENTS, ResourceType.TOPIC, events, both);
        broker.allow(PAYMENTS, ResourceType.TOPIC, events, List.of(READ));
    }

    @Test
    void with_a_password_over_tls_commands_events_and_payments_work_and_no_secret_is_told() {
        try (var wallet = services.wallet(scram(WALLET))) {
            services.awaitReady(wallet, services.walletPort());
            var queued =
                    services.post(
                            services.walletPort(),
                            "/deposit",
                            Map.of("Prefer", "respond-async, wait=20"),
                            "{\"user_id\":\"alice\",\"amount\":\"10.00\",\"initiated_by\":\"alice\"}");
            assertThat(queued.statusCode()).as(queued.body() + wallet.out()).isEqualTo(201);
            try (var payments = services.payments(plain(PAYMENTS))) {
                services.awaitReady(payments, services.paymentsPort());
                var topUp =
                        services.post(
                                services.paymentsPort(),
                                "/payments/top-ups",
                                Map.of("Idempotency-Key", "key"),
                                "{\"user_id\":\"alice\",\"amount\":\"5.00\",\"method\":\"sandbox:ok\"}");
                assertThat(topUp.statusCode()).as(topUp.body()).isEqualTo(202);
                // A payment is settled when the wallet has posted it and said so.
                await().atMost(PATIENCE)
                        .until(
                                () ->
                                        services.get(services.paymentsPort(), "/payments")
                                                .contains("\"settled\""));
                assertTellsNothing(wallet);
                assertTellsNothing(payments);
                assertThat(wallet.out() + payments.out()).doesNotContain("TRUST_BROKER: messages");
            }
        }
    }

    @Test
    void each_start_with_a_trusted_broker_warns_of_it() {
        var trust = Map.of("TRUST_BROKER", "true");
        for (int start = 0; start < 2; start++) {
            try (var wallet = services.wallet(with(scram(WALLET), trust));
                    var payments = services.payments(with(plain(PAYMENTS), trust))) {
                services.awaitReady(wallet, services.walletPort());
                services.awaitReady(payments, services.paymentsPort());
                assertThat(wallet.out()).contains("WALLET_TRUST_BROKER: messages that nobody");
                assertThat(payments.out()).contains("PAYMENTS_TRUST_BROKER: messages that nobody");
            }
        }
    }

    @Test
    void a_wrong_password_ends_the_start_with_a_sentence_that_says_so() {
        var refused = new SecuredBroker.Account("wallet", "4e2d-something-else");
        var starts = List.of(services.wallet(scram(refused)), services.payments(plain(refused)));
        assertRefused("WALLET", starts.getFirst(), "_KAFKA_SASL_PASSWORD", refused.password());
        assertRefused("PAYMENTS", starts.getLast(), "_KAFKA_SASL_PASSWORD", refused.password());
    }

    @Test
    void a_certificate_that_nobody_vouches_for_ends_the_start_with_a_sentence_that_says_so() {
        var other = Map.of("KAFKA_TRUSTSTORE", stranger.toString());
        var starts =
                List.of(
                        services.wallet(with(scram(WALLET), other)),
                        services.payments(with(plain(PAYMENTS), other)));
        assertRefused("WALLET", starts.getFirst(), "_KAFKA_TRUSTSTORE", WALLET.password());
        assertRefused("PAYMENTS", starts.getLast(), "_KAFKA_TRUSTSTORE", PAYMENTS.password());
    }

    @Test
    void plain_text_to_a_broker_that_wants_tls_ends_the_start_with_a_sentence_that_says_so() {
        var plainText = Map.of("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT", "KAFKA_TRUSTSTORE", "");
        var starts = List.of(services.wallet(plainText), services.payments(plainText));
        assertRefused("WALLET", starts.getFirst(), "_KAFKA_SECURITY_PROTOCOL", "");
        assertRefused("PAYMENTS", starts.getLast(), "_KAFKA_SECURITY_PROTOCOL", "");
    }

    private static void assertRefused(
            String prefix, ServiceProcess start, String variable, String password) {
        try (start) {
            assertThat(start.awaitEnd()).isEqualTo(1);
            assertThat(start.err()).hasLineCount(1).contains(prefix + variable);
            assertThat(start.out())
                    .contains("KAFKA_SASL_PASSWORD=" + (password.isEmpty() ? "" : "***"))
                    .doesNotContain("\tat ", "Exception", "Error");
            assertThat(password.isEmpty() || !(start.out() + start.err()).contains(password))
                    .isTrue();
        }
    }

    private static void assertTellsNothing(ServiceProcess process) {
        var told = new ArrayList<>(List.of(process.out(), process.err()));
        for (int port : services.ports()) {
            for (var path : List.of("/actuator", "/actuator/env", "/metrics", "/readyz")) {
                told.add(services.get(port, path));
            }
        }
        assertThat(told)
                .allSatisfy(
                        each ->
                                assertThat(each)
                                        .doesNotContain(WALLET.password(), PAYMENTS.password()));
    }

    private static Map<String, String> scram(SecuredBroker.Account account) {
        return sasl("SCRAM-SHA-512", account);
    }

    private static Map<String, String> plain(SecuredBroker.Account account) {
        return sasl("PLAIN", account);
    }

    private static Map<String, String> sasl(String mechanism, SecuredBroker.Account account) {
        return Map.of(
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "KAFKA_SASL_MECHANISM",
                mechanism,
                "KAFKA_SASL_USER",
                account.user(),
                "KAFKA_SASL_PASSWORD",
                account.password());
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
