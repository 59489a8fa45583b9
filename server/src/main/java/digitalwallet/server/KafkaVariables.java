package digitalwallet.server;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.KafkaSettings.Sasl;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the environment says about Kafka. */
final class KafkaVariables {

    private static final String ADDRESS = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[0-9]{1,5}";
    private static final Pattern ADDRESSES = Pattern.compile(ADDRESS + "(," + ADDRESS + ")*");
    private static final List<String> PROTOCOLS =
            List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final List<String> MECHANISMS =
            List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
    private static final int REPLICATION_MAX = 100;
    private static final int PARTITIONS_MAX = 1_000;

    private KafkaVariables() {}

    /**
     * How to reach Kafka; null when there is none.
     *
     * @throws InvalidSettingException when it does not make sense
     */
    static Settings.@Nullable Kafka read(Environment environment) {
        var bootstrap = environment.text(Variable.KAFKA_BOOTSTRAP).replace(" ", "");
        if (bootstrap.isEmpty()) {
            return null;
        }
        if (!ADDRESSES.matcher(bootstrap).matches()) {
            throw environment.wrong(Variable.KAFKA_BOOTSTRAP, "host:port,host:port and so on");
        }
        if (environment.text(Variable.QUEUE_KEY_FILE).isEmpty()) {
            throw Environment.missing(Variable.QUEUE_KEY_FILE);
        }
        var protocol = environment.word(Variable.KAFKA_SECURITY_PROTOCOL, PROTOCOLS);
        var connection =
                new KafkaSettings(
                        bootstrap,
                        environment.number(Variable.KAFKA_REPLICATION, 1, REPLICATION_MAX),
                        environment.number(Variable.KAFKA_PARTITIONS, 1, PARTITIONS_MAX),
                        environment.flag(Variable.KAFKA_ALLOW_UNSAFE),
                        protocol,
                        sasl(environment, protocol.startsWith("SASL_")),
                        trustStore(environment, protocol.endsWith("SSL")));
        return new Settings.Kafka(connection, environment.file(Variable.QUEUE_KEY_FILE));
    }

    private static @Nullable Sasl sasl(Environment environment, boolean wanted) {
        if (!wanted) {
            refuse(environment, Variable.KAFKA_SASL_MECHANISM, "SASL");
            refuse(environment, Variable.KAFKA_SASL_USER, "SASL");
            refuse(environment, Variable.KAFKA_SASL_PASSWORD, "SASL");
            return null;
        }
        return new Sasl(
                environment.word(Variable.KAFKA_SASL_MECHANISM, MECHANISMS),
                required(environment, Variable.KAFKA_SASL_USER),
                required(environment, Variable.KAFKA_SASL_PASSWORD));
    }

    private static @Nullable Path trustStore(Environment environment, boolean wanted) {
        if (!wanted) {
            refuse(environment, Variable.KAFKA_TRUSTSTORE, "SSL");
            return null;
        }
        return environment.text(Variable.KAFKA_TRUSTSTORE).isEmpty()
                ? null
                : environment.file(Variable.KAFKA_TRUSTSTORE);
    }

    private static String required(Environment environment, Variable variable) {
        if (environment.text(variable).isEmpty()) {
            throw Environment.missing(variable);
        }
        return environment.text(variable);
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
