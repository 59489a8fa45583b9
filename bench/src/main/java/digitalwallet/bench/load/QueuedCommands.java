package digitalwallet.bench.load;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.TopicCheck;
import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.local.producer.ProducerRegistry;
import digitalwallet.messages.CommandItem;
import digitalwallet.messages.CommandMessage;
import digitalwallet.messages.Message;
import digitalwallet.messages.Notes;
import digitalwallet.messages.Parties;
import digitalwallet.messages.References;
import digitalwallet.messages.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A service that sends transfers through Kafka, each a message with a key of its own. */
public final class QueuedCommands implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private static final String SOURCE = "bench";

    private final ProducerRegistry producers;
    private final MessageKeys keys;
    private final Books books;
    private final int wallets;
    private final String bootstrap;
    private final KafkaProducer<byte[], byte[]> producer;
    private final LongAdder sent = new LongAdder();
    private final AtomicReference<@Nullable Exception> fault = new AtomicReference<>();

    /** A service whose key is made in this folder. */
    public QueuedCommands(Books books, int wallets, String bootstrap, Path folder)
            throws IOException {
        producers = ProducerRegistry.in(folder);
        var key = producers.add(SOURCE, List.of("transfer"), Map.of("USD", "1.00"));
        keys = new MessageKeys(new MessageKey(Files.readAllBytes(key)), null);
        this.books = books;
        this.wallets = wallets;
        this.bootstrap = bootstrap;
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.LINGER_MS_CONFIG,
                                5,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                128 << 10),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /**
     * Makes the topics as one broker alone has them: every command is on disk when acknowledged.
     */
    public void createTopics() throws Exception {
        var settings = KafkaSettings.local(bootstrap, PARTITIONS);
        try (var admin = Admin.create(settings.admin())) {
            var unsafe = new TopicCheck(admin, settings, List.of(Topic.values())).run();
            if (!unsafe.isEmpty()) {
                throw new IllegalStateException(unsafe.toString());
            }
        }
    }

    /** The id of the topic they are sent to. */
    public UUID topicId() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            var name = Topic.COMMANDS.word();
            var found = admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
            if (found == null) {
                throw new IllegalStateException("there is no topic " + name);
            }
            var id = found.topicId();
            return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
        }
    }

    /** Sends this many as fast as possible; returns how many a second the broker acknowledged. */
    public double send(int messages) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            send(Books.newId());
        }
        producer.flush();
        requireNoFault();
        return messages * 1e9 / (System.nanoTime() - begin);
    }

    /** Sends one with this id and does not wait. */
    public void send(UUID id) {
        var command = next(id);
        var _ =
                producer.send(
                        keys.sign(Topic.COMMANDS, Message.of(command.key(), command.toEvent())),
                        (_, e) -> fault.compareAndSet(null, e));
        sent.increment();
        books.accepted(1);
    }

    /** The file that tells a server that this service may send them. */
    public Path producersFile() {
        return producers.file();
    }

    /** How many were sent in all. */
    public long sent() {
        return sent.sum();
    }

    public void requireNoFault() {
        var e = fault.get();
        if (e != null) {
            throw new IllegalStateException("a command was not sent", e);
        }
    }

    private CommandMessage next(UUID id) {
        var random = ThreadLocalRandom.current();
        int from = random.nextInt(1, wallets);
        int to = random.nextInt(wallets);
        var amount = "0.%02d".formatted(random.nextInt(1, 100));
        return new CommandMessage(
                id,
                SOURCE,
                Instant.now(),
                null,
                new CommandItem(
                        "transfer",
                        new Parties.Two(Books.user(from), Books.user(to == from ? 0 : to)),
                        amount,
                        "USD",
                        "shop",
                        References.NONE,
                        Notes.NONE,
                        null,
                        id.toString()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
