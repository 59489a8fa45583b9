package digitalwallet.process.kafka;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.KafkaSettings.Sasl;
import digitalwallet.process.settings.Environment;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.Kind;
import digitalwallet.process.settings.Variable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables that say how a process reaches Kafka. */
public final class KafkaVariables {

    private static final String ADDRESS = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[0-9]{1,5}";
    private static final Pattern ADDRESSES = Pattern.compile(ADDRESS + "(," + ADDRESS + ")*");
    private static final String NAME = "KAFKA_BOOTSTRAP";
    private static final Kind<String> BROKERS =
            new Kind<>(
                    "host:port,host:port and so on",
                    text ->
                            Optional.of(text.replace(" ", ""))
                                    .filter(ADDRESSES.asMatchPredicate()));
    private static final String SCRAM = "SCRAM-SHA-512";

    private static final Variable<Integer> REPLICATION =
            Variable.usual(
                    "KAFKA_REPLICATION",
                    Kind.number(1, 100),
                    "3",
                    "On how many brokers each topic is that is made.");
    private static final Variable<Integer> PARTITIONS =
            Variable.usual(
                    "KAFKA_PARTITIONS",
                    Kind.number(1, 1_000),
                    "4",
                    "Partitions of the topics that are made; fixed once they exist.");
    private static final Variable<Boolean> ALLOW_UNSAFE =
            Variable.usual(
                    "KAFKA_ALLOW_UNSAFE",
                    Kind.flag(),
                    "false",
                    "Whether to start although an existing topic may lose messages.");
    private static final Variable<String> SECURITY_PROTOCOL =
            Variable.usual(
                    "KAFKA_SECURITY_PROTOCOL",
                    Kind.word("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
                    "PLAINTEXT",
                    "How the connections are secured.");
    private static final Variable<String> SASL_MECHANISM =
            Variable.optional(
                    "KAFKA_SASL_MECHANISM",
                    Kind.word("PLAIN", "SCRAM-SHA-256", SCRAM),
                    "With SASL: how the login is proven; " + SCRAM + " when it is not set.");
    private static final Variable<String> SASL_USER =
            Variable.optional("KAFKA_SASL_USER", Kind.text(), "With SASL: the user.");
    private static final Variable<String> SASL_PASSWORD =
            Variable.optional("KAFKA_SASL_PASSWORD", Kind.text(), "With SASL: its password.")
                    .secret();
    private static final Variable<Path> TRUSTSTORE =
            Variable.optional(
                    "KAFKA_TRUSTSTORE",
                    Kind.file(),
                    "With SSL: a PEM file of the certificates to trust; empty is those of the"
                            + " JDK.");

    private final Variable<String> bootstrap;

    private KafkaVariables(Variable<String> bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** For a process that does nothing without Kafka. */
    public static KafkaVariables required() {
        return new KafkaVariables(
                Variable.required(
                        NAME,
                        BROKERS,
                        "Addresses of some Kafka brokers, with commas between them."));
    }

    /**
     * For a process that also works without Kafka.
     *
     * @param without what the process does then
     */
    public static KafkaVariables optional(String without) {
        return new KafkaVariables(
                Variable.optional(
                        NAME,
                        BROKERS,
                        "Addresses of some Kafka brokers, with commas between them; empty is no"
                                + " Kafka: "
                                + without));
    }

    /** All of them. */
    public List<Variable<?>> all() {
        return List.of(
                bootstrap,
                REPLICATION,
                PARTITIONS,
                ALLOW_UNSAFE,
                SECURITY_PROTOCOL,
                SASL_MECHANISM,
                SASL_USER,
                SASL_PASSWORD,
                TRUSTSTORE);
    }

    /**
     * How to reach Kafka; empty when the process has no Kafka.
     *
     * @throws InvalidSettingException when it does not make sense
     */
    public Optional<KafkaSettings> read(Environment environment) {
        return environment.given(bootstrap).map(brokers -> read(brokers, environment));
    }

    /**
     * Makes sure that the trust store can be read: Kafka's own clients would fail only later.
     *
     * @throws InvalidSettingException when it cannot be read
     */
    public static void requireTrustStore(KafkaSettings settings) {
        var trustStore = settings.trustStore();
        if (trustStore != null && !Files.isReadable(trustStore)) {
            throw new InvalidSettingException("The trust store " + trustStore + " cannot be read.");
        }
    }

    private static KafkaSettings read(String brokers, Environment environment) {
        var protocol = environment.get(SECURITY_PROTOCOL);
        return new KafkaSettings(
                brokers,
                environment.get(REPLICATION),
                environment.get(PARTITIONS),
                environment.get(ALLOW_UNSAFE),
                protocol,
                sasl(environment, protocol.startsWith("SASL_")),
                trustStore(environment, protocol.endsWith("SSL")));
    }

    private static @Nullable Sasl sasl(Environment environment, boolean wanted) {
        if (!wanted) {
            refuse(environment, SASL_MECHANISM, "SASL");
            refuse(environment, SASL_USER, "SASL");
            refuse(environment, SASL_PASSWORD, "SASL");
            return null;
        }
        return new Sasl(
                environment.given(SASL_MECHANISM).orElse(SCRAM),
                environment.required(SASL_USER),
                environment.required(SASL_PASSWORD));
    }

    private static @Nullable Path trustStore(Environment environment, boolean wanted) {
        if (!wanted) {
            refuse(environment, TRUSTSTORE, "SSL");
            return null;
        }
        return environment.given(TRUSTSTORE).orElse(null);
    }

    /**
     * Refuses a variable that would have no effect. It was meant to have one, and the connection
     * would be in the clear without it.
     */
    private static void refuse(Environment environment, Variable<?> variable, String without) {
        if (environment.given(variable).isPresent()) {
            throw environment.wrong(
                    variable,
                    "empty while "
                            + environment.word(SECURITY_PROTOCOL)
                            + " is one without "
                            + without);
        }
    }
}
