package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.process.settings.InvalidSettingException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment says, and what it must not say. */
final class SettingsTest {

    private static final Map<String, String> NECESSARY =
            Map.of(
                    "WALLET_DATABASE_URL", "jdbc:postgresql://db:5432/wallet",
                    "WALLET_DATABASE_USER", "wallet",
                    "WALLET_DATABASE_PASSWORD", "the secret of the wallet",
                    "WALLET_ISSUER", "https://issuer.example",
                    "WALLET_AUDIENCE", "wallet",
                    "WALLET_JWKS_URL", "https://issuer.example/keys",
                    "WALLET_DIGEST_KEY_FILE", "/run/secrets/digest-key");

    @Test
    void what_is_not_set_has_safe_defaults() {
        var settings = Settings.read(NECESSARY);
        assertThat(settings.http().bind()).isEqualTo("127.0.0.1");
        assertThat(settings.http().managementBind()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.owner()).isNull();
        assertThat(settings.rest().bench()).isFalse();
        assertThat(settings.log().json()).isFalse();
        assertThat(settings.housekeeping().fullCheckAt()).isEqualTo(LocalTime.of(3, 0));
        assertThat(settings.housekeeping().keysKept()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.http().managementPort()).isEqualTo(9080);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WALLET_DATABASE_URL",
                "WALLET_DATABASE_USER",
                "WALLET_DATABASE_PASSWORD",
                "WALLET_ISSUER",
                "WALLET_AUDIENCE",
                "WALLET_JWKS_URL",
                "WALLET_DIGEST_KEY_FILE"
            })
    void what_is_necessary_must_be_set(String name) {
        var variables = new HashMap<>(NECESSARY);
        variables.remove(name);
        assertThatThrownBy(() -> Settings.read(variables))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(name + " must be set: ");
        assertThatThrownBy(() -> Settings.read(with(name, "")))
                .hasMessageStartingWith(name + " must be set: ");
    }

    @ParameterizedTest
    @CsvSource({
        "WALLET_DATABASE_URL, postgres://db/wallet",
        "WALLET_HTTP_PORT, 65536",
        "WALLET_HTTP_PORT, -1",
        "WALLET_HTTP_PORT, http",
        "WALLET_LANES, 0",
        "WALLET_LANES, many",
        "WALLET_JWKS_URL, ftp://issuer/keys",
        "WALLET_JWKS_URL, keys",
        "WALLET_LOG_FORMAT, xml",
        "WALLET_LOG_LEVEL, loud",
        "WALLET_CURRENCY, usd",
        "WALLET_AMOUNT_MAX, 1e9",
        "WALLET_AMOUNT_MAX, -1",
        "WALLET_IDEMPOTENCY_REQUIRED, yes",
        "WALLET_IDEMPOTENCY_RETENTION_DAYS, 0",
        "WALLET_CHECK_FULL_AT, 25:00",
        "WALLET_CHECK_INCREMENTAL_SECONDS, 0",
        "WALLET_SHUTDOWN_SECONDS, soon",
        "WALLET_QUEUE_LENGTH_MAX, 0"
    })
    void a_value_that_makes_no_sense_is_named(String name, String value) {
        assertThatThrownBy(() -> Settings.read(with(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(name + " is " + value + ", but should be ");
    }

    @Test
    void an_unknown_variable_is_refused_but_not_those_of_kubernetes() {
        assertThatThrownBy(() -> Settings.read(with("WALLET_HTTP_PROT", "80")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("WALLET_HTTP_PROT");
        assertThatThrownBy(() -> Settings.read(with("WALLET_PORT", "80")))
                .hasMessageContaining("WALLET_PORT");
        var injected = new HashMap<>(NECESSARY);
        injected.put("WALLET_SERVICE_HOST", "10.0.0.1");
        injected.put("WALLET_SERVICE_PORT_HTTP", "80");
        injected.put("WALLET_PORT", "tcp://10.0.0.1:80");
        injected.put("WALLET_PORT_80_TCP", "tcp://10.0.0.1:80");
        injected.put("SOMETHING_ELSE", "x");
        assertThat(Settings.read(injected).http().port()).isEqualTo(8080);
        // What Kubernetes adds beside an address stands or falls with it.
        injected.put("WALLET_PORT_80_TCP_ADDR", "10.0.0.1");
        injected.put("WALLET_PORT_80_TCP_PROTO", "tcp");
        assertThat(Settings.read(injected).http().port()).isEqualTo(8080);
    }

    @Test
    void secrets_are_never_shown() {
        var variables = new HashMap<>(NECESSARY);
        variables.put("WALLET_DATABASE_OWNER_USER", "owner");
        variables.put("WALLET_DATABASE_OWNER_PASSWORD", "the secret of the owner");
        var settings = Settings.read(variables);
        assertThat(settings.toString()).doesNotContain("the secret");
        assertThat(settings.shown())
                .contains("WALLET_DATABASE_PASSWORD=***", "WALLET_DATABASE_OWNER_PASSWORD=***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/wallet?password=hunter2",
                "jdbc:postgresql://db/wallet?user=u&PASSWORD=hunter2",
                "jdbc:postgresql://u:hunter2@db/wallet"
            })
    void a_password_in_the_address_is_refused_unseen(String address) {
        assertThatThrownBy(() -> Settings.read(with("WALLET_DATABASE_URL", address)))
                .hasMessage(
                        "WALLET_DATABASE_URL must not contain a password; set"
                                + " WALLET_DATABASE_PASSWORD.")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void the_bench_endpoint_is_for_loopback_only() {
        var variables = new HashMap<>(with("WALLET_BENCH", "true"));
        assertThat(Settings.read(variables).rest().bench()).isTrue();
        variables.put("WALLET_BIND", "0.0.0.0");
        assertThatThrownBy(() -> Settings.read(variables)).hasMessageStartingWith("WALLET_BENCH");
    }

    @Test
    void without_an_address_there_is_no_kafka() {
        assertThat(Settings.read(NECESSARY).kafka()).isNull();
        assertThat(Settings.read(with("WALLET_KAFKA_SASL_USER", "u")).kafka()).isNull();
    }

    @Test
    void kafka_needs_the_key_of_the_queue() {
        assertThatThrownBy(() -> Settings.read(with("WALLET_KAFKA_BOOTSTRAP", "kafka:9092")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("WALLET_QUEUE_KEY_FILE must be set: ");
        var kafka = Objects.requireNonNull(Settings.read(kafka(Map.of())).kafka());
        assertThat(kafka.queueKeyFile()).hasToString("/run/secrets/queue-key");
        assertThat(kafka.connection())
                .isEqualTo(
                        new KafkaSettings(
                                "kafka-1:9092,[::1]:9092", 3, 4, false, "PLAINTEXT", null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "WALLET_KAFKA_BOOTSTRAP, kafka",
        "WALLET_KAFKA_BOOTSTRAP, kafka:9092;kafka:9093",
        "WALLET_KAFKA_REPLICATION, 0",
        "WALLET_KAFKA_PARTITIONS, none",
        "WALLET_KAFKA_ALLOW_UNSAFE, yes",
        "WALLET_KAFKA_SECURITY_PROTOCOL, TLS",
        "WALLET_KAFKA_SASL_MECHANISM, PLAIN",
        "WALLET_KAFKA_SASL_USER, wallet",
        "WALLET_KAFKA_TRUSTSTORE, /run/ca.pem"
    })
    void what_makes_no_sense_about_kafka_is_named(String name, String value) {
        assertThatThrownBy(() -> Settings.read(kafka(Map.of(name, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(name + " is " + value + ", but should be ");
    }

    @Test
    void kafka_is_met_as_the_settings_say() {
        var secure =
                kafka(
                        Map.of(
                                "WALLET_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                                "WALLET_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512",
                                "WALLET_KAFKA_SASL_USER", "wallet",
                                "WALLET_KAFKA_SASL_PASSWORD", "the secret \"of\" Kafka",
                                "WALLET_KAFKA_TRUSTSTORE", "/run/ca.pem"));
        var settings = Settings.read(secure);
        assertThat(settings.toString()).doesNotContain("the secret");
        assertThat(settings.shown()).contains("WALLET_KAFKA_SASL_PASSWORD=***");
        var connection = Objects.requireNonNull(settings.kafka()).connection();
        assertThat(connection.producer())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("ssl.truststore.type", "PEM")
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"wallet\" password=\"the secret \\\"of\\\" Kafka\";");
        assertThat(connection.consumer()).containsEntry("auto.offset.reset", "none");
        secure.remove("WALLET_KAFKA_SASL_PASSWORD");
        assertThatThrownBy(() -> Settings.read(secure))
                .hasMessageStartingWith("WALLET_KAFKA_SASL_PASSWORD must be set: ");
    }

    private static Map<String, String> kafka(Map<String, String> more) {
        var variables = with("WALLET_KAFKA_BOOTSTRAP", "kafka-1:9092, [::1]:9092");
        variables.put("WALLET_QUEUE_KEY_FILE", "/run/secrets/queue-key");
        variables.put("WALLET_EVENT_KEY_FILE", "/run/secrets/event-key");
        variables.putAll(more);
        return variables;
    }

    private static Map<String, String> with(String name, String value) {
        var variables = new HashMap<>(NECESSARY);
        variables.put(name, value);
        return variables;
    }
}
