package digitalwallet.server.queue;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.ledger.reading.QueuePositions;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.Topic;
import digitalwallet.server.producer.Producers;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.restored.BooksAge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** This instance's part in the queue: the sender, the consumer, and their threads. */
public final class RunningQueue implements AutoCloseable {

    private static final String GROUP = "wallet";
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    private static final int RECORDS_MAX = 2_000;
    private static final int REQUEST_BYTES_MAX = CloudEvent.BYTES_MAX + (64 << 10);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;
    private final CommandQueue commands;
    private final QueueConsumer consumer;
    private final Thread thread;

    private RunningQueue(
            KafkaProducer<byte[], byte[]> producer,
            Admin admin,
            CommandQueue commands,
            QueueConsumer consumer) {
        this.producer = producer;
        this.admin = admin;
        this.commands = commands;
        this.consumer = consumer;
        thread = Thread.ofPlatform().name("queue-consumer").start(consumer);
    }

    /**
     * Starts to consume, as soon as there is a broker.
     *
     * @param clock the time of messages
     */
    public static RunningQueue start(
            KafkaSettings kafka,
            Trust trust,
            PostingEngine engine,
            QueuePositions positions,
            Readers readers,
            MeterRegistry registry,
            InstantSource clock) {
        var producer = new KafkaProducer<byte[], byte[]>(producer(kafka));
        var admin = Admin.create(kafka.admin());
        var topic = new QueueTopic(admin, Topic.COMMANDS);
        var metrics = new QueueMetrics(registry);
        var length = new QueueLength(admin, topic, positions, metrics);
        var commands =
                new MessageReader(
                        readers.commands(),
                        new Senders(trust.queue(), trust.producers(), trust.broker()));
        var payments =
                new PaymentReader(
                        readers.digestKey(),
                        new AuthenticReader(trust.events()::find, trust.broker()),
                        readers.age()::lost);
        var sources =
                Map.of(
                        Topic.COMMANDS.word(),
                        new Intakes.Source(topic, commands::read),
                        Topic.PAYMENTS.word(),
                        new Intakes.Source(new QueueTopic(admin, Topic.PAYMENTS), payments::read));
        var consumer =
                new QueueConsumer(
                        new KafkaConsumer<>(consumer(kafka)),
                        List.copyOf(sources.keySet()),
                        new Intakes(
                                engine,
                                positions,
                                sources,
                                new DeadLetters(producer, trust.queue(), registry),
                                metrics),
                        readers.age()::isCurrent,
                        metrics);
        return new RunningQueue(
                producer,
                admin,
                new CommandQueue(producer, topic, trust.queue(), positions, length, clock),
                consumer);
    }

    /**
     * What is needed to make commands of messages.
     *
     * @param age nothing is consumed before it is known whether the books were restored
     */
    public record Readers(CommandReader commands, DigestKey digestKey, BooksAge age) {}

    /**
     * Whose messages are believed.
     *
     * @param queue the keys of the wallet's own commands
     * @param events the keys that the wallet and the payments service share
     * @param producers who else writes commands
     * @param broker whether messages that nobody signed are believed, too
     */
    public record Trust(
            MessageKeys queue, MessageKeys events, Producers producers, boolean broker) {}

    /** Where commands are queued. */
    public CommandQueue commands() {
        return commands;
    }

    /** Consumes no more and lets other instances have the partitions. */
    @Override
    public void close() {
        consumer.stop();
        try {
            thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE_PATIENCE);
        admin.close(CLOSE_PATIENCE);
    }

    private static Map<String, Object> producer(KafkaSettings kafka) {
        var properties = kafka.producer();
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        // Somebody waits for each of these messages.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
        return properties;
    }

    private static Map<String, Object> consumer(KafkaSettings kafka) {
        var properties = kafka.consumer();
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_MAX);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        properties.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class));
        return properties;
    }
}
