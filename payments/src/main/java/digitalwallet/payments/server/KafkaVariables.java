package digitalwallet.payments.server;

import digitalwallet.payments.queue.KafkaSettings;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

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
        var client = new HashMap<String, Object>();
        var protocol = environment.word(Variable.KAFKA_SECURITY_PROTOCOL, PROTOCOLS);
        client.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                environment.text(Variable.KAFKA_BOOTSTRAP));
        client.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        if (protocol.startsWith("SASL_")) {
            sasl(environment, client);
        } else {
            refuse(environment, Variable.KAFKA_SASL_USER, "SASL");
            refuse(environment, Variable.KAFKA_SASL_PASSWORD, "SASL");
        }
        if (protocol.endsWith("SSL")) {
            trustStore(environment, client);
        } else {
            refuse(environment, Variable.KAFKA_TRUSTSTORE, "SSL");
        }
        return new KafkaSettings(
                environment.number(Variable.KAFKA_REPLICATION, 1, 100),
                environment.number(Variable.KAFKA_PARTITIONS, 1, 1_000),
                environment.flag(Variable.KAFKA_ALLOW_UNSAFE),
                client);
    }

    private static void sasl(Environment environment, Map<String, Object> client) {
        var mechanism = environment.word(Variable.KAFKA_SASL_MECHANISM, MECHANISMS);
        var module =
                mechanism.equals("PLAIN")
                        ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                        : "org.apache.kafka.common.security.scram.ScramLoginModule";
        client.put(SaslConfigs.SASL_MECHANISM, mechanism);
        client.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                "%s required username=%s password=%s;"
                        .formatted(
                                module,
                                quoted(environment, Variable.KAFKA_SASL_USER),
                                quoted(environment, Variable.KAFKA_SASL_PASSWORD)));
    }

    private static String quoted(Environment environment, Variable variable) {
        var text = environment.text(variable);
        if (text.isEmpty()) {
            throw new InvalidSettingException(
                    variable.word() + " must be set: " + variable.meaning());
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void trustStore(Environment environment, Map<String, Object> client) {
        if (environment.text(Variable.KAFKA_TRUSTSTORE).isEmpty()) {
            return;
        }
        var file = environment.file(Variable.KAFKA_TRUSTSTORE);
        if (!Files.isReadable(file)) {
            throw new InvalidSettingException("The trust store " + file + " cannot be read.");
        }
        client.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
        client.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file.toString());
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
