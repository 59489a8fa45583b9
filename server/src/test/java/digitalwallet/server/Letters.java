package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.messages.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The topic of dead letters. */
final class Letters {

    private final QueueFixture queue;

    Letters(QueueFixture queue) {
        this.queue = queue;
    }

    ConsumerRecord<byte[], byte[]> last() {
        var partition = new TopicPartition(Topic.DEAD.word(), 0);
        try (var consumer = queue.consumer()) {
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

    /** Waits for a letter from this topic, and that of this user if there is one. */
    void assertLast(String topic, @Nullable String user, String reason) {
        Awaitility.await()
                .atMost(QueueFixture.PATIENCE)
                .untilAsserted(
                        () -> {
                            var letter = last();
                            assertThat(header(letter, "dead-reason")).isEqualTo(reason);
                            assertThat(header(letter, "dead-topic")).isEqualTo(topic);
                            if (user != null) {
                                assertThat(new String(letter.key(), UTF_8)).isEqualTo(user);
                            }
                        });
    }

    /** How many messages the topic of dead letters has. */
    long count() {
        var partition = new TopicPartition(Topic.DEAD.word(), 0);
        try (var consumer = queue.consumer()) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }
    }

    /** All dead letters, in order. */
    List<ConsumerRecord<byte[], byte[]>> all() {
        var partition = new TopicPartition(Topic.DEAD.word(), 0);
        try (var consumer = queue.consumer()) {
            consumer.assign(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.seekToBeginning(List.of(partition));
            var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            return found;
        }
    }

    /**
     * Writes into the topic of dead letters, as anybody could whom the broker lets.
     *
     * @return its number
     */
    String add(byte @Nullable [] key, byte[] value, Iterable<Header> headers) {
        queue.send(new ProducerRecord<>(Topic.DEAD.word(), 0, key, value, headers));
        return Long.toString(last().offset());
    }

    /** Keeps a letter again, as a server would that died after it had kept the letter. */
    void addAgain(ConsumerRecord<byte[], byte[]> letter) {
        var again =
                new ProducerRecord<>(
                        Topic.DEAD.word(), null, letter.key(), letter.value(), letter.headers());
        queue.send(again);
    }

    static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }
}
