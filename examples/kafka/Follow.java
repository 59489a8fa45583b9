import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Prints the events of all wallets until it is stopped. Argument: a client.properties.
 * docs/concepts/events.md says how to run it.
 */
void main(String[] arguments) throws IOException {
    var settings = new Properties();
    try (var file = Files.newBufferedReader(Path.of(arguments[0]))) {
        settings.load(file);
    }
    var text = "org.apache.kafka.common.serialization.StringDeserializer";
    settings.put("group.id", "follow");
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    settings.put("key.deserializer", text);
    settings.put("value.deserializer", text);
    try (var consumer = new KafkaConsumer<String, String>(settings)) {
        consumer.subscribe(List.of("wallet.transactions"));
        while (true) {
            for (var event : consumer.poll(Duration.ofSeconds(1))) {
                IO.println(event.key() + " " + event.value());
            }
        }
    }
}
