package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.TopicCheck;
import digitalwallet.ledger.reading.QueuePositions;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.messages.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

/** A broker, a wallet on it, and a service that sends commands directly. */
final class QueueFixture implements AutoCloseable {

    static final int PARTITIONS = 4;

    private final LocalKafka kafka;
    private final TestWallet wallet;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    private QueueFixture(LocalKafka kafka, TestWallet wallet) {
        this.kafka = kafka;
        this.wallet = wallet;
        admin = Admin.create(client(kafka));
        producer =
                new KafkaProducer<>(
                        client(kafka), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static QueueFixture start() {
        var kafka = LocalKafka.temporary();
        createTopics(kafka);
        return new QueueFixture(kafka, TestWallet.with(variables(kafka)));
    }

    /** What a server on this broker is told. */
    static Map<String, String> variables(LocalKafka kafka) {
        try {
            var key = Files.createTempFile("queue-key-", "");
            Files.write(key, new byte[32]);
            return Map.of(
                    "WALLET_KAFKA_BOOTSTRAP", kafka.bootstrap(),
                    "WALLET_QUEUE_KEY_FILE", key.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestWallet wallet() {
        return wallet;
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
        send(user, command, List.of());
        return UUID.fromString(command.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"));
    }

    void send(String user, String message, List<Header> headers) {
        var bytes = message.getBytes(StandardCharsets.UTF_8);
        var key = user.getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(new ProducerRecord<>(Topic.COMMANDS.word(), null, key, bytes, headers))
                    .get();
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
                                                                            .orElse(0)
                                                                    >= end.getValue()));
        }
    }

    ConsumerRecord<byte[], byte[]> lastDeadLetter() {
        var partition = new TopicPartition(Topic.DEAD.word(), 0);
        try (var consumer = consumer()) {
            consumer.assign(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.seek(partition, Math.max(0, end - 1));
            var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (found.isEmpty()) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            return found.getLast();
        }
    }

    /** Keeps a letter again, as a server would that died after it had kept the letter. */
    void keepAgain(ConsumerRecord<byte[], byte[]> letter) {
        var again =
                new ProducerRecord<>(
                        Topic.DEAD.word(), null, letter.key(), letter.value(), letter.headers());
        try {
            producer.send(again).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
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

    private KafkaConsumer<byte[], byte[]> consumer() {
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
