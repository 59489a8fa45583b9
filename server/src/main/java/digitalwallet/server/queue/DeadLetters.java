package digitalwallet.server.queue;

import digitalwallet.messages.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the messages that cannot be processed, as they were, with reason and origin. */
final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final Producer<byte[], byte[]> producer;
    private final MeterRegistry registry;

    DeadLetters(Producer<byte[], byte[]> producer, MeterRegistry registry) {
        this.producer = producer;
        this.registry = registry;
    }

    /**
     * Keeps a message and waits until it is kept.
     *
     * @param reason a stable code
     * @param detail for people
     * @return false when the broker did not say so in time: to be tried again
     */
    boolean keep(ConsumerRecord<byte[], byte[]> message, String reason, String detail) {
        var letter = new ProducerRecord<>(Topic.DEAD.word(), null, message.key(), message.value());
        message.headers().forEach(letter.headers()::add);
        add(letter, "dead-reason", reason);
        add(letter, "dead-detail", detail);
        add(letter, "dead-topic", message.topic());
        add(letter, "dead-partition", Integer.toString(message.partition()));
        add(letter, "dead-offset", Long.toString(message.offset()));
        add(letter, "dead-time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        try {
            producer.send(letter).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("a dead letter could not be kept: {}", e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        registry.counter("wallet_queue_dead_letters", "reason", reason).increment();
        LOG.warn(
                "{}-{} offset {} became a dead letter: {}: {}",
                message.topic(),
                message.partition(),
                message.offset(),
                reason,
                detail);
        return true;
    }

    private static void add(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().remove(name);
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
