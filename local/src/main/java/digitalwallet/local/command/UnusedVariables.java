package digitalwallet.local.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The variables that a person has set and that {@code up} replaces by its own: their database, the
 * ports that an option names, and what follows from the choice of Kafka. Nobody should have to find
 * out that a setting was lost.
 */
final class UnusedVariables {

    private static final List<String> SECURITY =
            List.of("SECURITY_PROTOCOL", "SASL_MECHANISM", "SASL_USER", "SASL_PASSWORD");
    private static final List<String> DATABASE =
            List.of("URL", "USER", "PASSWORD", "OWNER_USER", "OWNER_PASSWORD");

    private UnusedVariables() {}

    /**
     * One sentence for each reason, which says what to do instead. Values are not repeated: they
     * may be secrets.
     */
    static List<String> sentences(
            Map<String, String> environment, Broker broker, int port, int paymentsPort) {
        var sentences = new ArrayList<String>();
        var database =
                Stream.of("WALLET_DATABASE_", "PAYMENTS_DATABASE_")
                        .flatMap(prefix -> DATABASE.stream().map(prefix::concat))
                        .filter(environment::containsKey)
                        .toList();
        if (!database.isEmpty()) {
            sentences.add(
                    "not used: "
                            + String.join(", ", database)
                            + "; up has a PostgreSQL of its own, and"
                            + " docs/operations/external-postgresql.md says how to use yours");
        }
        addPort(sentences, environment, "WALLET_HTTP_PORT", "--port", port);
        addPort(sentences, environment, "PAYMENTS_HTTP_PORT", "--payments-port", paymentsPort);
        addKafka(sentences, environment, broker);
        return sentences;
    }

    private static void addPort(
            List<String> sentences,
            Map<String, String> environment,
            String variable,
            String option,
            int port) {
        var set = environment.get(variable);
        if (set != null && !set.equals(Integer.toString(port))) {
            sentences.add("not used: " + variable + ", because " + option + " says " + port);
        }
    }

    private static void addKafka(
            List<String> sentences, Map<String, String> environment, Broker broker) {
        if (broker instanceof Broker.None
                && !environment.getOrDefault(Broker.BOOTSTRAP, "").isBlank()) {
            sentences.add("not used: " + Broker.BOOTSTRAP + ", because of --without-kafka");
        }
        if (broker instanceof Broker.Embedded) {
            var security =
                    Stream.of("WALLET_KAFKA_", "PAYMENTS_KAFKA_")
                            .flatMap(prefix -> SECURITY.stream().map(prefix::concat))
                            .filter(environment::containsKey)
                            .toList();
            if (!security.isEmpty()) {
                sentences.add(
                        "not used: "
                                + String.join(", ", security)
                                + ", because up's own broker has accounts of its own; "
                                + Broker.BOOTSTRAP
                                + " names a Kafka of yours");
            }
            for (var variable : List.of("WALLET_KAFKA_REPLICATION", "PAYMENTS_KAFKA_REPLICATION")) {
                if (!environment.getOrDefault(variable, "1").equals("1")) {
                    sentences.add(
                            "not used: "
                                    + variable
                                    + ", because up's one broker keeps one copy; "
                                    + Broker.BOOTSTRAP
                                    + " names a Kafka of yours");
                }
            }
        }
        if (!(broker instanceof Broker.None) && isElsewhere(environment, broker)) {
            sentences.add(
                    "not used: PAYMENTS_KAFKA_BOOTSTRAP, because payments use the wallet's Kafka; "
                            + Broker.BOOTSTRAP
                            + " names it for both");
        }
    }

    private static boolean isElsewhere(Map<String, String> environment, Broker broker) {
        var payments = environment.get("PAYMENTS_KAFKA_BOOTSTRAP");
        return payments != null
                && !(broker instanceof Broker.External(var addresses)
                        && addresses.equals(payments.strip()));
    }
}
