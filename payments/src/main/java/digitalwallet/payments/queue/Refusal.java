package digitalwallet.payments.queue;

import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/**
 * What does not change by trying again: the brokers, or Kafka's own client, do not accept what they
 * were told. Says what somebody has to change; no password is in it.
 */
final class Refusal {

    private Refusal() {}

    /** The sentence about a failure of Kafka's client; empty when trying again may help. */
    static Optional<String> sentence(Throwable failure, KafkaSettings settings) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            var sentence =
                    switch (each) {
                        case SslAuthenticationException e -> ofCertificate(e, settings);
                        case AuthenticationException e ->
                                "Kafka at %s refuses the login: %s; check PAYMENTS_KAFKA_SASL_USER,"
                                                .formatted(settings.bootstrap(), words(e))
                                        + " PAYMENTS_KAFKA_SASL_PASSWORD and"
                                        + " PAYMENTS_KAFKA_SASL_MECHANISM.";
                        case AuthorizationException e ->
                                "Kafka at %s does not allow it: %s; give PAYMENTS_KAFKA_SASL_USER the"
                                                .formatted(settings.bootstrap(), words(e))
                                        + " rights that docs/operations/kafka.md names.";
                        case InvalidConfigurationException _, ConfigException _ ->
                                ofSettings(each, settings);
                        default -> null;
                    };
            if (sentence != null) {
                return Optional.of(sentence);
            }
        }
        return Optional.empty();
    }

    /** The sentence about brokers that want TLS and were not offered it. */
    static String ofPlainText(KafkaSettings settings) {
        return "Kafka at %s wants TLS: PAYMENTS_KAFKA_SECURITY_PROTOCOL is SSL or SASL_SSL then."
                .formatted(settings.bootstrap());
    }

    private static String ofCertificate(SslAuthenticationException e, KafkaSettings settings) {
        var why = words(deepest(e));
        return why.contains("SSL message")
                ? "Kafka at %s does not speak TLS: check PAYMENTS_KAFKA_SECURITY_PROTOCOL."
                        .formatted(settings.bootstrap())
                : "The certificate of Kafka at %s is not accepted: %s; PAYMENTS_KAFKA_TRUSTSTORE is a"
                                .formatted(settings.bootstrap(), why)
                        + " PEM file with the certificate of who issued it, and"
                        + " PAYMENTS_KAFKA_BOOTSTRAP has the names that it is for.";
    }

    private static String ofSettings(Throwable e, KafkaSettings settings) {
        var why = words(deepest(e));
        var trustStore = settings.client().get(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
        return trustStore != null && !why.contains("bootstrap")
                ? "The trust store %s cannot be used: %s; PAYMENTS_KAFKA_TRUSTSTORE is a PEM file of"
                                .formatted(trustStore, why)
                        + " certificates."
                : "Kafka cannot be reached at PAYMENTS_KAFKA_BOOTSTRAP=%s: %s."
                        .formatted(settings.bootstrap(), why);
    }

    private static Throwable deepest(Throwable e) {
        var deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    /** What it says, in one line and without a point at its end. */
    private static String words(Throwable e) {
        var text = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
