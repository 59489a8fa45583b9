package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.TopicCheck;
import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.ledger.reading.QueuePositions;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.producer.ProducerRegistry;
import digitalwallet.messages.Message;
import digitalwallet.messages.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

/** A broker, a wallet on it, and a service that sends commands directly. */
final class QueueFixture implements AutoCloseable {

    /** A busy machine may need as long. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    static final int PARTITIONS = 4;
    private static final byte[] EVENT_KEY = "an event key of 32 bytes or more.".getBytes(UTF_8);

    private final LocalKafka kafka;
    private final TestWallet wallet;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    private QueueFixture(LocalKafka kafka, TestWallet wallet) {
        this.kafka = kafka;
        this.wallet = wallet;
        admin = Admin.create(client(kafka));
        var properties = new HashMap<>(client(kafka));
        // As large as the topic allows.
        properties.put("max.request.size", 2_000_000);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static QueueFixture start() {
        var kafka = LocalKafka.temporary();
        createTopics(kafka);
        return new QueueFixture(kafka, TestWallet.with(variables(kafka)));
    }

    /** What a server on this broker is told. */
    static Map<String, String> variables(LocalKafka kafka) {
        try {
            var folder = Files.createTempDirectory("queue-keys-");
            var queueKey = Files.write(folder.resolve("queue-key"), new byte[32]);
            var eventKey = Files.write(folder.resolve("event-key"), EVENT_KEY);
            var producers = ProducerRegistry.in(folder.resolve("producers"));
            producers.add("orders", ProducerRegistry.VERBS, Map.of("USD", "1000000.00"));
            return Map.of(
                    "WALLET_KAFKA_BOOTSTRAP", kafka.bootstrap(),
                    "WALLET_QUEUE_KEY_FILE", queueKey.toString(),
                    "WALLET_EVENT_KEY_FILE", eventKey.toString(),
                    "WALLET_PRODUCERS_FILE", producers.file().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestWallet wallet() {
        return wallet;
    }

    /** What becomes of messages that cannot be processed. */
    Letters letters() {
        return new Letters(this);
    }

    /** The JSON of a command, without line breaks. */
    String command(String user, String type, String amount) {
        return """
        {"specversion":"1.0","type":"wallet.command.v1","source":"orders","id":"%s","time":"%s",\
        "subject":"%s","datacontenttype":"application/json","data":{"type":"%s","user_id":"%s",\
        "amount":"%s","initiated_by":"orders"}}\
        """
                .formatted(
                        UuidCreator.getTimeOrderedEpoch(), Instant.now(), user, type, user, amount);
    }

    /** Sends a command and waits until the broker has it. */
    UUID produce(String user, String type, String amount) {
        var command = command(user, type, amount);
        send(user, command);
        return UUID.fromString(command.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"));
    }

    /** Sends a message that the service {@code orders} has signed. */
    void send(String user, String message) {
        send(signed(user, message));
    }

    /** A message that the service {@code orders} has signed. */
    ProducerRecord<byte[], byte[]> signed(String user, String message) {
        return signed(user, message.getBytes(UTF_8));
    }

    /** Whatever the service {@code orders} has signed. */
    ProducerRecord<byte[], byte[]> signed(String user, byte[] message) {
        var keys = keys("WALLET_PRODUCERS_FILE", "orders.key");
        return signed(Topic.COMMANDS, user, message, keys);
    }

    /** A message with its signature by these keys. */
    static ProducerRecord<byte[], byte[]> signed(
            Topic topic, String user, String message, MessageKeys keys) {
        return signed(topic, user, message.getBytes(UTF_8), keys);
    }

    private static ProducerRecord<byte[], byte[]> signed(
            Topic topic, String user, byte[] message, MessageKeys keys) {
        var text = new String(message, UTF_8);
        return keys.sign(
                topic,
                new Message(
                        user,
                        attribute(text, "type"),
                        attribute(text, "id"),
                        attribute(text, "time"),
                        message));
    }

    /**
     * Keys that the wallet knows.
     *
     * @param variable that names the file, or another one in its folder
     * @param name of the file in that folder
     */
    MessageKeys keys(String variable, String name) {
        try {
            var file = Path.of(wallet.environment().get(variable)).resolveSibling(name);
            return new MessageKeys(new MessageKey(Files.readAllBytes(file)), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String attribute(String message, String name) {
        var matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(message);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Sends whatever it is to this partition, as if at this time. */
    void sendTo(int partition, Instant at, ProducerRecord<byte[], byte[]> message) {
        send(
                new ProducerRecord<>(
                        message.topic(),
                        partition,
                        at.toEpochMilli(),
                        message.key(),
                        message.value(),
                        message.headers()));
    }

    /** Sends whatever it is. */
    void send(ProducerRecord<byte[], byte[]> message) {
        try {
            producer.send(message).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the books have everything that is in the topic now. */
    void awaitProcessed() {
        var positions = new QueuePositions(dataSource());
        var topicId = topicId();
        try (var consumer = consumer()) {
            var partitions = new ArrayList<TopicPartition>();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new TopicPartition(Topic.COMMANDS.word(), i));
            }
            var ends = consumer.endOffsets(partitions);
            Awaitility.await()
                    .atMost(5, TimeUnit.MINUTES)
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () ->
                                    ends.entrySet().stream()
                                            .allMatch(
                                                    end ->
                                                            positions
                                                                            .position(
                                                                                    topicId,
                                                                                    end.getKey()
                                                                                            .partition())
                                                                            .offset()
                                                                    >= end.getValue()));
        }
    }

    /** Runs statements on the wallet's database as the superuser. */
    void alter(String sql) {
        superuser().alter(sql);
    }

    /** Who may do everything in the wallet's database. */
    Superuser superuser() {
        return new Superuser(dataSource());
    }

    @Override
    public void close() {
        wallet.server().close();
        producer.close();
        admin.close();
        kafka.close();
    }

    private UUID topicId() {
        try {
            var name = Topic.COMMANDS.word();
            var topics = admin.describeTopics(List.of(name)).allTopicNames().get();
            var id = Objects.requireNonNull(topics.get(name)).topicId();
            return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                client(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private PGSimpleDataSource dataSource() {
        var environment = wallet.environment();
        var source = new PGSimpleDataSource();
        source.setUrl(environment.get("WALLET_DATABASE_URL"));
        source.setUser(environment.get("WALLET_DATABASE_USER"));
        source.setPassword(environment.get("WALLET_DATABASE_PASSWORD"));
        return source;
    }

    private static void createTopics(LocalKafka kafka) {
        var settings = KafkaSettings.local(kafka.bootstrap(), PARTITIONS);
        try (var admin = Admin.create(settings.admin())) {
            var unsafe = new TopicCheck(admin, settings, List.of(Topic.values())).run();
            assertThat(unsafe).isEmpty();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> client(LocalKafka kafka) {
        return Map.of("bootstrap.servers", kafka.bootstrap());
    }
}
