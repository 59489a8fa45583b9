import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends one signed deposit through the queue. Arguments: a client.properties, the file of the
 * producer's key, the user, the amount. docs/concepts/queue.md says how to run it.
 */
void main(String[] arguments) throws Exception {
    var key = Files.readAllBytes(Path.of(arguments[1]));
    var user = arguments[2];
    // A UUIDv7: milliseconds, the version, and what is random.
    var random = UUID.randomUUID();
    var id =
            new UUID(
                    System.currentTimeMillis() << 16
                            | 0x7000
                            | random.getMostSignificantBits() & 0x0fff,
                    random.getLeastSignificantBits());
    var time = Instant.now().toString();
    var type = "wallet.command.v1";
    var command =
            """
            {"specversion": "1.0", "type": "%s", "source": "orders", "id": "%s",
             "time": "%s", "subject": "%s", "datacontenttype": "application/json",
             "data": {"type": "deposit", "user_id": "%s", "amount": "%s", "initiated_by": "orders"}}
            """
                    .formatted(type, id, time, user, user, arguments[3]);
    var record = new ProducerRecord<>("wallet.commands", bytes(user), bytes(command));
    var parts = List.of(record.topic(), user, type, id.toString(), time, command);
    record.headers()
            .add("ce_type", bytes(type))
            .add("ce_id", bytes(id.toString()))
            .add("ce_time", bytes(time))
            .add("wallet-signature", bytes(signature(key, parts)));
    var bytes = "org.apache.kafka.common.serialization.ByteArraySerializer";
    var settings = new Properties();
    try (var file = Files.newBufferedReader(Path.of(arguments[0]))) {
        settings.load(file);
    }
    settings.put("acks", "all");
    settings.put("key.serializer", bytes);
    settings.put("value.serializer", bytes);
    try (var producer = new KafkaProducer<byte[], byte[]>(settings)) {
        IO.println(producer.send(record).get() + " " + id);
    }
}

/** What docs/concepts/signatures.md describes: the HMAC over all parts, each behind its length. */
String signature(byte[] key, List<String> parts) throws Exception {
    var all = new ByteArrayOutputStream();
    var out = new DataOutputStream(all);
    out.writeInt("wallet-message-v1".length());
    out.writeBytes("wallet-message-v1");
    for (var part : parts) {
        out.writeInt(bytes(part).length);
        out.write(bytes(part));
    }
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    var code = mac.doFinal(all.toByteArray());
    var digest = MessageDigest.getInstance("SHA-256").digest(key);
    return "v1 "
            + HexFormat.of().formatHex(digest, 0, 8)
            + " "
            + Base64.getUrlEncoder().withoutPadding().encodeToString(code);
}

byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
}
