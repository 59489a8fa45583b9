import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends one deposit through the queue. Arguments: the broker's address, the user, the amount.
 * docs/concepts/queue.md says how to run it.
 */
void main(String[] arguments) throws Exception {
    var user = arguments[1];
    // A UUIDv7: milliseconds, the version, and what is random.
    var random = UUID.randomUUID();
    var id =
            new UUID(
                    System.currentTimeMillis() << 16
                            | 0x7000
                            | random.getMostSignificantBits() & 0x0fff,
                    random.getLeastSignificantBits());
    var command =
            """
            {"specversion": "1.0", "type": "wallet.command.v1", "source": "orders", "id": "%s",
             "time": "%s", "subject": "%s", "datacontenttype": "application/json",
             "data": {"type": "deposit", "user_id": "%s", "amount": "%s", "initiated_by": "orders"}}
            """
                    .formatted(id, Instant.now(), user, user, arguments[2]);
    var settings =
            Map.<String, Object>of(
                    "bootstrap.servers", arguments[0],
                    "acks", "all",
                    "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
                    "value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    try (var producer = new KafkaProducer<String, String>(settings)) {
        IO.println(
                producer.send(new ProducerRecord<>("wallet.commands", user, command)).get()
                        + " "
                        + id);
    }
}
