package digitalwallet.bench.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.bench.load.Books;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Forged and damaged messages, by somebody who may write to the topics. */
final class MessageAttacks implements AutoCloseable {

    private static final int LARGE_BYTES = 900_000;
    private static final String SIGNATURE = "wallet-signature";

    private final KafkaProducer<byte[], byte[]> producer;

    /** Opens the connection that they are sent over. */
    MessageAttacks(Map<String, Object> broker) {
        producer =
                new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer());
    }

    List<Attack> all() {
        return List.of(
                Attack.of("topics, commands without a signature", 1, 1_000, this::unsigned),
                Attack.of("topics, commands with a wrong signature", 1, 1_000, this::missigned),
                Attack.of("topics, payment events that mint money", 1, 1_000, this::minting),
                Attack.of("topics, random and empty bytes", 1, 1_000, this::random),
                Attack.of("topics, spaces that compress well", 1, 10_000, this::spaces));
    }

    private String unsigned() throws InterruptedException {
        return send("wallet.commands", command().getBytes(UTF_8), "mallory");
    }

    private String missigned() throws InterruptedException {
        var record = record("wallet.commands", command().getBytes(UTF_8), "mallory");
        Headers headers = record.headers();
        headers.add(SIGNATURE, ("v1;wallet;" + "0".repeat(64)).getBytes(UTF_8));
        return send(record);
    }

    private String minting() throws InterruptedException {
        var event =
                envelope(
                        "payments.top-up.v1",
                        "{\"payment_id\":\""
                                + Books.newId()
                                + "\",\"user_id\":\"mallory\",\"amount\":\"77777.00\","
                                + "\"currency\":\"USD\",\"provider\":\"sandbox\","
                                + "\"provider_reference\":\"forged\"}");
        return send("payments.events", event.getBytes(UTF_8), "mallory");
    }

    private String random() throws InterruptedException {
        var random = ThreadLocalRandom.current();
        var bytes = new byte[random.nextInt(3) * random.nextInt(5_000)];
        random.nextBytes(bytes);
        var topics = List.of("wallet.commands", "payments.events", "wallet.transactions");
        return send(topics.get(random.nextInt(topics.size())), bytes, "\n" + random.nextInt());
    }

    private String spaces() throws InterruptedException {
        var text = command().replace("{\"spec", "{" + " ".repeat(LARGE_BYTES) + "\"spec");
        return send("wallet.commands", text.getBytes(UTF_8), "mallory");
    }

    private static String command() {
        return envelope(
                "wallet.command.v1",
                "{\"type\":\"deposit\",\"user_id\":\"mallory\",\"amount\":\"77777.00\","
                        + "\"currency\":\"USD\",\"initiated_by\":\"mallory\"}");
    }

    private static String envelope(String type, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\""
                + Books.newId()
                + "\",\"source\":\"mallory\",\"type\":\""
                + type
                + "\",\"time\":\"2026-01-01T00:00:00Z\",\"data\":"
                + data
                + "}";
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, byte[] value, String key) {
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    }

    private String send(String topic, byte[] value, String key) throws InterruptedException {
        return send(record(topic, value, key));
    }

    private String send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            producer.send(record).get();
            return "written";
        } catch (ExecutionException e) {
            return "refused by the broker";
        } catch (InterruptException _) {
            throw new InterruptedException();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
