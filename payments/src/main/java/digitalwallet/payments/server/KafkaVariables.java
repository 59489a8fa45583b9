package digitalwallet.payments.server;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.KafkaSettings.Sasl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the environment says about Kafka. */
final class KafkaVariables {

    private static final List<String> PROTOCOLS =
            List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final List<String> MECHANISMS =
            List.of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN");

    private KafkaVariables() {}

    /**
     * How to reach Kafka.
     *
     * @throws InvalidSettingException when it does not make sense
     */
    static KafkaSettings read(Environment environment) {
        var protocol = environment.word(Variable.KAFKA_SECURITY_PROTOCOL, PROTOCOLS);
        return new KafkaSettings(
                environment.text(Variable.KAFKA_BOOTSTRAP),
                environment.number(Variable.KAFKA_REPLICATION, 1, 100),
                environment.number(Variable.KAFKA_PARTITIONS, 1, 1_000),
                environment.flag(Variable.KAFKA_ALLOW_UNSAFE),
                protocol,
                sasl(environment, protocol.startsWith("SASL_")),
                trustStore(environment, protocol.endsWith("SSL")));
    }

    private static @Nullable Sasl sasl(Environment environment, boolean wanted) {
        if (!wanted) {
            refuse(environment, Variable.KAFKA_SASL_USER, "SASL");
            refuse(environment, Variable.KAFKA_SASL_PASSWORD, "SASL");
            return null;
        }
        return new Sasl(
                environment.word(Variable.KAFKA_SASL_MECHANISM, MECHANISMS),
                required(environment, Variable.KAFKA_SASL_USER),
                required(environment, Variable.KAFKA_SASL_PASSWORD));
    }

    private static String required(Environment environment, Variable variable) {
        var text = environment.text(variable);
        if (text.isEmpty()) {
            throw new InvalidSettingException(
                    variable.word() + " must be set: " + variable.meaning());
        }
        return text;
    }

    private static @Nullable Path trustStore(Environment environment, boolean wanted) {
        if (!wanted) {
            refuse(environment, Variable.KAFKA_TRUSTSTORE, "SSL");
            return null;
        }
        if (environment.text(Variable.KAFKA_TRUSTSTORE).isEmpty()) {
            return null;
        }
        var file = environment.file(Variable.KAFKA_TRUSTSTORE);
        if (!Files.isReadable(file)) {
            throw new InvalidSettingException("The trust store " + file + " cannot be read.");
        }
        return file;
    }

    /** What has no effect was meant to have one: a connection without it would be in the clear. */
    private static void refuse(Environment environment, Variable variable, String without) {
        if (!environment.text(variable).isEmpty()) {
            throw environment.wrong(
                    variable,
                    "empty while "
                            + Variable.KAFKA_SECURITY_PROTOCOL.word()
                            + " is one without "
                            + without);
        }
    }
}
