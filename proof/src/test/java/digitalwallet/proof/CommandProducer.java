package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.messages.CommandItem;
import digitalwallet.messages.CommandMessage;
import digitalwallet.messages.Message;
import digitalwallet.messages.Notes;
import digitalwallet.messages.Parties;
import digitalwallet.messages.References;
import digitalwallet.messages.Topic;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A service that sends commands of its own users and remembers their order. Now and then it sends
 * an earlier command again, or something that is no command.
 */
final class CommandProducer implements AutoCloseable {

    private static final int USERS = 50;
    private static final int UNACKNOWLEDGED_MAX = 200;
    private static final int COMMANDS_PER_POISON = 200;
    private static final int COMMANDS_PER_REPETITION = 50;
    private static final int COMMANDS_PER_LIE = 1_000;
    private static final String OUTCOMES =
            """
            SELECT t.id, t.rejection_code IS NULL, t.versions[1]
            FROM transaction t WHERE t.user_id LIKE ? AND t.authenticated_as = ?
            ORDER BY t.user_id, t.versions[1]\
            """;

    private final String name;
    private final MessageKeys keys;
    private final int commands;
    private final KafkaProducer<byte[], byte[]> kafka;
    private final Map<String, List<UUID>> sent = new HashMap<>();
    private final List<CommandMessage> repeatable = new ArrayList<>();
    private final List<Poison.Message> poison = new ArrayList<>();
    private int messages;
    private final AtomicReference<@Nullable Exception> fault = new AtomicReference<>();
    private final Semaphore unacknowledged = new Semaphore(UNACKNOWLEDGED_MAX);
    private final Thread thread;
    private volatile boolean closed;

    private CommandProducer(String name, Path key, String bootstrap, int commands) {
        this.name = name;
        keys = Poison.keys(key);
        this.commands = commands;
        kafka =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        thread = Thread.ofPlatform().name(name).start(this::run);
    }

    /** Starts one that signs with the key in this file. */
    static CommandProducer start(String name, Path key, String bootstrap, int commands) {
        return new CommandProducer(name, key, bootstrap, commands);
    }

    /** Waits until the broker has all of them. */
    void awaitEnd() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        kafka.flush();
        assertThat(fault.get()).isNull();
    }

    /** How many commands there are; each of them has one outcome in the end. */
    int sent() {
        return sent.values().stream().mapToInt(List::size).sum();
    }

    /** All messages, also those that have no outcome. */
    int messages() {
        return messages;
    }

    /** What must be among the dead letters in the end, each once. */
    List<Poison.Message> poison() {
        return poison;
    }

    /**
     * Makes sure that each command has one outcome, and that those that were posted stand in the
     * order of sending.
     */
    void check(EngineFixture books) {
        var posted = new ArrayList<UUID>();
        var rejected = new ArrayList<UUID>();
        try (var connection = books.superuserDataSource().getConnection();
                var statement = connection.prepareStatement(OUTCOMES)) {
            statement.setString(1, name + "-%");
            statement.setString(2, name);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    (rows.getBoolean(2) ? posted : rejected).add(rows.getObject(1, UUID.class));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        var inOrder = new ArrayList<UUID>();
        sent.keySet().stream().sorted().forEach(user -> inOrder.addAll(sent.get(user)));
        assertThat(posted).doesNotContainAnyElementsOf(rejected);
        assertThat(posted.size() + rejected.size()).isEqualTo(inOrder.size());
        inOrder.removeAll(new java.util.HashSet<>(rejected));
        assertThat(posted).isEqualTo(inOrder);
    }

    private void run() {
        var random = new Random(name.hashCode());
        for (int i = 1; i <= commands && !closed; i++) {
            var user = name + "-" + random.nextInt(USERS);
            var other = name + "-" + random.nextInt(USERS);
            send(
                    random.nextInt(3) == 0 && !other.equals(user)
                            ? item("transfer", new Parties.Two(user, other), "0.50")
                            : item("deposit", new Parties.One(user), "1.00"));
            disturb(i, random);
        }
    }

    private void disturb(int commands, Random random) {
        if (commands % COMMANDS_PER_POISON == 0) {
            var nobody = "nobody-" + name + "-" + poison.size();
            var good = item("deposit", new Parties.One(nobody), "1.00");
            poison(Poison.of(poison.size(), keys, command(EngineFixture.newId(), good)));
        }
        var before = repeatable.get(random.nextInt(repeatable.size()));
        if (commands % COMMANDS_PER_REPETITION == 0) {
            send(signed(before));
        }
        if (commands % COMMANDS_PER_LIE == 0) {
            var said = item("deposit", new Parties.One(before.key()), "1000000.00");
            poison(Poison.lie(keys, command(before.id(), said)));
        }
    }

    private CommandMessage command(UUID id, CommandItem item) {
        return new CommandMessage(id, name, Instant.now(), null, item);
    }

    private void send(CommandItem item) {
        var command = command(EngineFixture.newId(), item);
        sent.computeIfAbsent(command.key(), _ -> new ArrayList<>()).add(command.id());
        repeatable.add(command);
        send(signed(command));
    }

    private ProducerRecord<byte[], byte[]> signed(CommandMessage command) {
        return keys.sign(Topic.COMMANDS, Message.of(command.key(), command.toEvent()));
    }

    private void poison(Poison.Message message) {
        poison.add(message);
        send(message.record());
    }

    private void send(ProducerRecord<byte[], byte[]> message) {
        unacknowledged.acquireUninterruptibly();
        messages++;
        var _ =
                kafka.send(
                        message,
                        (_, e) -> {
                            unacknowledged.release();
                            if (e != null) {
                                fault.compareAndSet(null, e);
                            }
                        });
    }

    private CommandItem item(String type, Parties parties, String amount) {
        return new CommandItem(
                type, parties, amount, "USD", name, References.NONE, Notes.NONE, null, null);
    }

    @Override
    public void close() {
        closed = true;
        kafka.close();
    }
}
