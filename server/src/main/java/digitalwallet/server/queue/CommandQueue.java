package digitalwallet.server.queue;

import digitalwallet.json.Json;
import digitalwallet.ledger.store.QueuePositions;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.MessageType;
import digitalwallet.messages.Topic;
import digitalwallet.server.kafka.QueueKey;
import digitalwallet.server.security.Caller;
import digitalwallet.server.security.Role;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands through Kafka for callers who do not wait for what becomes of them. */
public final class CommandQueue {

    private static final Logger LOG = LoggerFactory.getLogger(CommandQueue.class);
    private static final String SOURCE = "wallet";

    private final Producer<byte[], byte[]> producer;
    private final QueueTopic topic;
    private final QueueKey key;
    private final QueuePositions positions;
    private final InstantSource clock;

    CommandQueue(
            Producer<byte[], byte[]> producer,
            QueueTopic topic,
            QueueKey key,
            QueuePositions positions,
            InstantSource clock) {
        this.producer = producer;
        this.topic = topic;
        this.key = key;
        this.positions = positions;
        this.clock = clock;
    }

    /**
     * Queues one command or one batch of them, and waits until the broker has it for good.
     *
     * @param id the transaction it becomes; of a batch, its first command's
     * @param user whose money moves: what is queued for him keeps its order
     * @param data what is asked for, checked before
     * @param caller on whose behalf
     * @return where it stands
     * @throws QueueUnavailableException when the broker is away: nothing is queued
     * @throws SendUnknownException when the broker does not answer: it may be queued
     */
    public QueueToken send(
            MessageType type, UUID id, String user, Map<String, Json.Value> data, Caller caller) {
        var topicId = topic.id();
        var extensions =
                new TreeMap<>(Map.of("callerid", caller.id(), "callerrole", roles(caller)));
        var event =
                new CloudEvent(
                        id.toString(),
                        SOURCE,
                        type.word(),
                        user,
                        clock.instant(),
                        extensions,
                        new Json.Members(data));
        var value = event.write();
        var message =
                new ProducerRecord<>(
                        Topic.COMMANDS.word(), user.getBytes(StandardCharsets.UTF_8), value);
        message.headers().add(digitalwallet.messages.Caller.SIGNATURE_HEADER, key.sign(value));
        var kept = await(message);
        return new QueueToken(topicId, kept.partition(), kept.offset());
    }

    /**
     * Whether the message at this place has been processed; everything it did is in the books then.
     *
     * @throws digitalwallet.ledger.store.ReadFailedException when the database fails
     */
    public boolean isProcessed(QueueToken token) {
        return positions.position(token.topicId(), token.partition()).orElse(0) > token.offset();
    }

    /** All of them: which one allows a command is decided again when it is taken in. */
    private static String roles(Caller caller) {
        return caller.roles().stream().map(Role::word).sorted().collect(Collectors.joining(" "));
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
