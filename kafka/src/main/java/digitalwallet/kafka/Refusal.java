package digitalwallet.kafka;

import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/**
 * A failure that trying again does not cure: the brokers, or Kafka's own client, do not accept the
 * settings. It says what somebody has to change, and contains no password.
 *
 * @param settings the settings in question
 * @param prefix what the names of the variables begin with, such as {@code WALLET_}
 */
public record Refusal(KafkaSettings settings, String prefix) {

    /** The sentence about a failure of Kafka's client; empty when trying again may help. */
    public Optional<String> sentence(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            var sentence =
                    switch (each) {
                        case WantsTlsException _ -> ofPlainText();
                        case SslAuthenticationException e -> ofCertificate(words(deepest(e)));
                        case AuthenticationException e -> ofLogin(words(e));
                        case AuthorizationException e -> ofRights(words(e));
                        case InvalidConfigurationException _, ConfigException _ ->
                                ofSettings(words(deepest(each)));
                        default -> null;
                    };
            if (sentence != null) {
                return Optional.of(sentence);
            }
        }
        return Optional.empty();
    }

    private String ofPlainText() {
        return "Kafka at %s wants TLS: %sKAFKA_SECURITY_PROTOCOL is SSL or SASL_SSL then."
                .formatted(settings.bootstrap(), prefix);
    }

    private String ofLogin(String why) {
        return """
        Kafka at %2$s refuses the login: %3$s; check %1$sKAFKA_SASL_USER, \
        %1$sKAFKA_SASL_PASSWORD and %1$sKAFKA_SASL_MECHANISM.\
        """
                .formatted(prefix, settings.bootstrap(), why);
    }

    private String ofRights(String why) {
        return """
        Kafka at %2$s does not allow it: %3$s; give %1$sKAFKA_SASL_USER the rights that \
        docs/operations/kafka.md names.\
        """
                .formatted(prefix, settings.bootstrap(), why);
    }

    private String ofCertificate(String why) {
        if (why.contains("SSL message")) {
            return "Kafka at %s does not speak TLS: check %sKAFKA_SECURITY_PROTOCOL."
                    .formatted(settings.bootstrap(), prefix);
        }
        return """
        The certificate of Kafka at %2$s is not accepted: %3$s; %1$sKAFKA_TRUSTSTORE is a \
        PEM file with the certificate of who issued it, and %1$sKAFKA_BOOTSTRAP has the names \
        that it is for.\
        """
                .formatted(prefix, settings.bootstrap(), why);
    }

    private String ofSettings(String why) {
        return settings.trustStore() != null && !why.contains("bootstrap")
                ? "The trust store %s cannot be used: %s; %sKAFKA_TRUSTSTORE is a PEM file of"
                                .formatted(settings.trustStore(), why, prefix)
                        + " certificates."
                : "Kafka cannot be reached at %sKAFKA_BOOTSTRAP=%s: %s."
                        .formatted(prefix, settings.bootstrap(), why);
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
