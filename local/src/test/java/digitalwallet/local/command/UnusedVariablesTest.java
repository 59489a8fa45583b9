package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.supervise.KafkaChild;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UnusedVariablesTest {

    private static final Broker EMBEDDED =
            new Broker.Embedded(new KafkaChild(DataFolder.at(Path.of("nowhere"))));

    private static List<String> sentences(Map<String, String> environment, Broker broker) {
        return UnusedVariables.sentences(environment, broker, 8090, 8081);
    }

    @Test
    void what_is_passed_on_or_means_the_same_is_not_mentioned() {
        var environment =
                Map.of(
                        "WALLET_HTTP_PORT", "8090",
                        "PAYMENTS_HTTP_PORT", "8081",
                        "WALLET_CURRENCY", "EUR",
                        "WALLET_DATABASE_CONNECTIONS_MAX", "4",
                        "WALLET_KAFKA_REPLICATION", "1");
        assertThat(sentences(environment, EMBEDDED)).isEmpty();
    }

    @Test
    void a_database_is_named_without_its_password() {
        var environment =
                Map.of(
                        "WALLET_DATABASE_URL", "jdbc:postgresql://db/wallet",
                        "WALLET_DATABASE_PASSWORD", "hush",
                        "PAYMENTS_DATABASE_OWNER_USER", "owner");
        assertThat(sentences(environment, EMBEDDED))
                .containsExactly(
                        "not used: WALLET_DATABASE_URL, WALLET_DATABASE_PASSWORD,"
                                + " PAYMENTS_DATABASE_OWNER_USER; up has a PostgreSQL of its own,"
                                + " and docs/operations/external-postgresql.md says how to use"
                                + " yours");
    }

    @Test
    void a_port_that_an_option_replaces_is_named_with_the_option() {
        var environment = Map.of("WALLET_HTTP_PORT", "9996", "PAYMENTS_HTTP_PORT", "9997");
        assertThat(sentences(environment, EMBEDDED))
                .containsExactly(
                        "not used: WALLET_HTTP_PORT, because --port says 8090",
                        "not used: PAYMENTS_HTTP_PORT, because --payments-port says 8081");
    }

    @Test
    void kafka_is_chosen_once_for_both_services() {
        var environment =
                Map.of("WALLET_KAFKA_BOOTSTRAP", "one:9092", "PAYMENTS_KAFKA_BOOTSTRAP", "two:1");
        assertThat(sentences(environment, new Broker.External("one:9092")))
                .containsExactly(
                        "not used: PAYMENTS_KAFKA_BOOTSTRAP, because payments use the wallet's"
                                + " Kafka; WALLET_KAFKA_BOOTSTRAP names it for both");
        assertThat(sentences(environment, new Broker.External("two:1"))).isEmpty();
        assertThat(sentences(environment, new Broker.None()))
                .containsExactly("not used: WALLET_KAFKA_BOOTSTRAP, because of --without-kafka");
    }

    @Test
    void the_one_broker_of_up_keeps_one_copy() {
        assertThat(sentences(Map.of("WALLET_KAFKA_REPLICATION", "3"), EMBEDDED))
                .containsExactly(
                        "not used: WALLET_KAFKA_REPLICATION, because up's one broker keeps one"
                                + " copy; WALLET_KAFKA_BOOTSTRAP names a Kafka of yours");
    }
}
