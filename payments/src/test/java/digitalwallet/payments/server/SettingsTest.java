package digitalwallet.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.process.settings.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sets, and what they are told when it makes no sense. */
final class SettingsTest {

    private static final Map<String, String> REQUIRED =
            Map.of(
                    "PAYMENTS_DATABASE_URL", "jdbc:postgresql://db/wallet",
                    "PAYMENTS_DATABASE_USER", "payments",
                    "PAYMENTS_DATABASE_PASSWORD", "geheim",
                    "PAYMENTS_ISSUER", "http://issuer",
                    "PAYMENTS_AUDIENCE", "wallet",
                    "PAYMENTS_JWKS_URL", "file:/tmp/jwks.json",
                    "PAYMENTS_KAFKA_BOOTSTRAP", "127.0.0.1:9092",
                    "PAYMENTS_EVENT_KEY_FILE", "/tmp/event-key",
                    "PAYMENTS_WEBHOOK_KEY_FILE", "/tmp/key");

    @Test
    void what_is_not_set_has_its_usual_value() {
        var settings = Settings.read(REQUIRED);
        assertThat(settings.http().port()).isEqualTo(8081);
        assertThat(settings.http().bind()).isEqualTo("127.0.0.1");
        assertThat(settings.sandbox()).isFalse();
        assertThat(settings.database().owner()).isNull();
        assertThat(settings.kafka().replication()).isEqualTo(3);
    }

    @Test
    void secrets_are_not_shown() {
        var variables = with("PAYMENTS_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        variables.put("PAYMENTS_KAFKA_SASL_USER", "me");
        variables.put("PAYMENTS_KAFKA_SASL_PASSWORD", "auch-geheim");
        var settings = Settings.read(variables);
        assertThat(settings.shown()).doesNotContain("geheim").contains("=***");
        assertThat(settings.toString()).doesNotContain("geheim");
    }

    @Test
    void what_would_have_no_effect_is_refused_without_being_shown() {
        var password = with("PAYMENTS_KAFKA_SASL_PASSWORD", "auch-geheim");
        assertThatThrownBy(() -> Settings.read(password))
                .hasMessage(
                        "PAYMENTS_KAFKA_SASL_PASSWORD should be empty while"
                                + " PAYMENTS_KAFKA_SECURITY_PROTOCOL is one without SASL.");
        var trustStore = with("PAYMENTS_KAFKA_TRUSTSTORE", "/run/ca.pem");
        assertThatThrownBy(() -> Settings.read(trustStore))
                .hasMessageContaining("PAYMENTS_KAFKA_TRUSTSTORE is /run/ca.pem, but should be");
        var user = with("PAYMENTS_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        assertThatThrownBy(() -> Settings.read(user))
                .hasMessageStartingWith("PAYMENTS_KAFKA_SASL_USER must be set: ");
        user.put("PAYMENTS_KAFKA_SASL_USER", "me");
        user.put("PAYMENTS_KAFKA_SASL_PASSWORD", "geheim");
        user.put("PAYMENTS_KAFKA_TRUSTSTORE", "/no/such.pem");
        assertThatThrownBy(() -> Settings.read(user))
                .hasMessage("The trust store /no/such.pem cannot be read.");
    }

    @Test
    void a_password_with_quotes_stays_one_password() {
        var variables = with("PAYMENTS_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        variables.put("PAYMENTS_KAFKA_SASL_USER", "me");
        variables.put("PAYMENTS_KAFKA_SASL_PASSWORD", "a\"b\\c");
        assertThat(Settings.read(variables).kafka().admin().get("sasl.jaas.config"))
                .asString()
                .endsWith("password=\"a\\\"b\\\\c\";");
    }

    @ParameterizedTest
    @CsvSource({
        "PAYMENTS_HTTP_PROT, 1, is not a variable",
        "PAYMENTS_HTTP_PORT, 70000, should be a number from 0 to 65535",
        "PAYMENTS_SANDBOX, yes, should be true or false",
        "PAYMENTS_JWKS_URL, ftp://x, should be an address",
        "PAYMENTS_CURRENCY, XXX, should be a currency",
        "PAYMENTS_DATABASE_URL, mysql://x, should be jdbc:postgresql://",
        "PAYMENTS_KAFKA_SECURITY_PROTOCOL, TLS, should be PLAINTEXT or SSL",
        "PAYMENTS_ISSUER, '', must be set",
    })
    void what_makes_no_sense_is_told_in_one_sentence(String name, String value, String sentence) {
        assertThatThrownBy(() -> Settings.read(with(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(sentence);
    }

    @Test
    void what_kubernetes_sets_for_a_service_of_that_name_is_passed_over() {
        var variables = with("PAYMENTS_SERVICE_HOST", "10.0.0.1");
        variables.put("PAYMENTS_PORT_8081_TCP_ADDR", "10.0.0.1");
        assertThat(Settings.read(variables)).isNotNull();
    }

    private static Map<String, String> with(String name, String value) {
        var variables = new HashMap<>(REQUIRED);
        variables.put(name, value);
        return variables;
    }
}
