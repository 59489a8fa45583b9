import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Prints the events of all wallets until it is stopped. Argument: the broker's address.
 * docs/concepts/events.md says how to run it.
 */
void main(String[] arguments) {
    var settings =
            Map.<String, Object>of(
                    "bootstrap.servers", arguments[0],
                    "group.id", "follow",
                    "auto.offset.reset", "earliest",
                    "isolation.level", "read_committed",
                    "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
                    "value.deserializer",
                            "org.apache.kafka.common.serialization.StringDeserializer");
    try (var consumer = new KafkaConsumer<String, String>(settings)) {
        consumer.subscribe(List.of("wallet.transactions"));
        while (true) {
            for (var event : consumer.poll(Duration.ofSeconds(1))) {
                IO.println(event.key() + " " + event.value());
            }
        }
    }
}
