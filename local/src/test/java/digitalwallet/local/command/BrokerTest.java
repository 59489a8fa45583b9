package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.folder.DataFolder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BrokerTest {

    private static final DataFolder FOLDER = DataFolder.at(Path.of("nowhere"));

    @Test
    void an_address_in_the_environment_is_used_instead_of_an_embedded_broker() {
        var broker = Broker.wanted(Map.of("WALLET_KAFKA_BOOTSTRAP", " one:9092,two:9092 "), FOLDER);
        assertThat(broker).isEqualTo(new Broker.External("one:9092,two:9092"));
        assertThat(broker.bootstrap()).isEqualTo("one:9092,two:9092");
        assertThat(broker.children()).isEmpty();
    }

    @Test
    void an_empty_address_means_none() {
        var broker = Broker.wanted(Map.of("WALLET_KAFKA_BOOTSTRAP", ""), FOLDER);
        assertThat(broker).isEqualTo(new Broker.None());
        assertThat(broker.bootstrap()).isEmpty();
        assertThat(broker.children()).isEmpty();
    }

    @Test
    void without_an_address_a_broker_is_started() {
        assertThat(Broker.wanted(Map.of(), FOLDER).children())
                .singleElement()
                .satisfies(child -> assertThat(child.name()).isEqualTo("Kafka"));
    }
}
