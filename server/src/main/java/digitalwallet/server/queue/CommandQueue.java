package digitalwallet.server.queue;

import digitalwallet.gate.token.Caller;
import digitalwallet.gate.token.Role;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.reading.QueuePositions;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.CommandBatchMessage;
import digitalwallet.messages.CommandMessage;
import digitalwallet.messages.Message;
import digitalwallet.messages.Topic;
import digitalwallet.server.request.CommandBatch;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands through Kafka for callers who do not wait for what becomes of them. */
public final class CommandQueue {

    private static final Logger LOG = LoggerFactory.getLogger(CommandQueue.class);
    private static final String SOURCE = "wallet";

    private final Producer<byte[], byte[]> producer;
    private final QueueTopic topic;
    private final MessageKeys keys;
    private final QueuePositions positions;
    private final QueueLength length;
    private final InstantSource clock;

    CommandQueue(
            Producer<byte[], byte[]> producer,
            QueueTopic topic,
            MessageKeys keys,
            QueuePositions positions,
            QueueLength length,
            InstantSource clock) {
        this.length = length;
        this.producer = producer;
        this.topic = topic;
        this.keys = keys;
        this.positions = positions;
        this.clock = clock;
    }

    /**
     * Queues one command, and waits until the broker has it for good.
     *
     * @param key the caller's idempotency key for it, or null
     * @param caller the caller who sends the command
     * @return a token that says where it stands: see {@link #isQueued}
     * @throws QueueUnavailableException when the broker is away: nothing is queued
     * @throws SendUnknownException when the broker does not answer: it may be queued
     */
    public String send(Command command, @Nullable String key, Caller caller) {
        var message =
                new CommandMessage(
                        command.id(),
                        SOURCE,
                        clock.instant(),
                        behind(caller),
                        CommandContent.of(command, key));
        return send(message.key(), command.id(), message.toEvent());
    }

    /**
     * Queues one batch as one message, in the same way as a single command.
     *
     * @return a token that says where it stands; the message has the id of its first command
     */
    public String send(CommandBatch batch, Caller caller) {
        var items =
                batch.items().stream()
                        .map(
                                item ->
                                        new CommandBatchMessage.Item(
                                                item.command().id(),
                                                CommandContent.of(
                                                        item.command(), item.request().key())))
                        .toList();
        var message =
                new CommandBatchMessage(
                        items.getFirst().id(),
                        SOURCE,
                        clock.instant(),
                        behind(caller),
                        batch.atomic(),
                        batch.key(),
                        items);
        return send(message.key(), items.getFirst().id(), message.toEvent());
    }

    /** Sends an event under the user's name, so that what is queued for a user keeps its order. */
    private String send(String user, UUID id, CloudEvent event) {
        var topicId = topic.id();
        length.requireProcessed(topicId);
        var kept = await(keys.sign(Topic.COMMANDS, Message.of(user, event)));
        return new QueueToken(topicId, kept.partition(), kept.offset()).text(id, keys);
    }

    /**
     * Whether the command of this transaction is not processed yet. Once it is, everything it did
     * is in the books. False when the token was not made for this transaction.
     *
     * @throws digitalwallet.ledger.database.ReadFailedException when the database fails
     */
    public boolean isQueued(UUID id, String token) {
        return QueueToken.read(token, id, keys).filter(place -> !isProcessed(place)).isPresent();
    }

    private boolean isProcessed(QueueToken place) {
        return positions.position(place.topicId(), place.partition()).offset() > place.offset();
    }

    /**
     * The caller with all roles: when the command is taken in, it is decided again which role
     * allows it.
     */
    private static digitalwallet.messages.Caller behind(Caller caller) {
        var roles =
                caller.roles().stream().map(Role::word).sorted().collect(Collectors.joining(" "));
        return new digitalwallet.messages.Caller(caller.id(), roles);
    }

    private RecordMetadata await(ProducerRecord<byte[], byte[]> message) {
        try {
            // The producer's own time-outs end this wait.
            return producer.send(message).get();
        } catch (ExecutionException e) {
            LOG.warn("a command was not queued: {}", String.valueOf(e.getCause()));
            throw new SendUnknownException("the broker did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SendUnknownException("the wait for the broker was interrupted", e);
        }
    }
}
