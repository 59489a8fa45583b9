package digitalwallet.payments.queue;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.Message;
import digitalwallet.messages.Topic;
import digitalwallet.payments.flow.Checkpoint;
import digitalwallet.payments.loop.Loop;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the wallet what the outbox holds, at least once and in order. Only one process does so at a
 * time, because the transaction that marks messages as published holds a lock.
 */
public final class Relay implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int MESSAGES_MAX = 100;

    private final Database database;
    private final Outbox outbox;
    private final KafkaSettings settings;
    private final MessageKeys keys;
    private final InstantSource clock;
    private final BiConsumer<Checkpoint, UUID> checkpoint;
    private final Loop loop;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    private Relay(
            Database database,
            KafkaSettings settings,
            MessageKeys keys,
            InstantSource clock,
            BiConsumer<Checkpoint, UUID> checkpoint) {
        this.database = database;
        this.outbox = new Outbox(database);
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.checkpoint = checkpoint;
        this.loop = Loop.start("outbox-relay", PAUSE, this::round);
    }

    /** Starts. */
    public static Relay start(
            Database database,
            KafkaSettings settings,
            MessageKeys keys,
            InstantSource clock,
            BiConsumer<Checkpoint, UUID> checkpoint) {
        return new Relay(database, settings, keys, clock, checkpoint);
    }

    @Override
    public void close() {
        loop.close();
        forgetProducer();
    }

    private boolean round() {
        return database.inTransaction(this::publish);
    }

    private boolean publish() {
        if (!outbox.lock()) {
            return false;
        }
        var messages = outbox.unpublished(MESSAGES_MAX);
        if (!messages.isEmpty()) {
            send(messages);
            messages.forEach(
                    message -> checkpoint.accept(Checkpoint.EVENT_SENT, message.paymentId()));
            outbox.published(messages, clock.instant());
        }
        return messages.size() == MESSAGES_MAX;
    }

    private void send(List<Outbox.Message> messages) {
        var ours = producer();
        try {
            var sent =
                    messages.stream()
                            .map(message -> ours.send(keys.sign(Topic.PAYMENTS, message(message))))
                            .toList();
            for (var future : sent) {
                future.get();
            }
        } catch (ExecutionException e) {
            // Messages that wait behind the failed one must not overtake it: closing drops them.
            forgetProducer();
            throw new IllegalStateException("the broker does not take events", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Message message(Outbox.Message stored) {
        var event = CloudEvent.read(stored.value().getBytes(StandardCharsets.UTF_8));
        return Message.of(stored.key(), event);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        var ours = producer;
        if (ours == null) {
            var properties = settings.producer();
            properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
            ours =
                    new KafkaProducer<>(
                            properties, new ByteArraySerializer(), new ByteArraySerializer());
            producer = ours;
        }
        return ours;
    }

    private void forgetProducer() {
        var ours = producer;
        producer = null;
        if (ours != null) {
            ours.close(Duration.ZERO);
        }
    }
}
