package digitalwallet.server.queue;

import digitalwallet.messages.Topic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic as the broker has it now. Its id is how the books know it: a topic that is made again has
 * another one.
 */
final class QueueTopic {

    private static final Logger LOG = LoggerFactory.getLogger(QueueTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final long TRUSTED_NANOS = Duration.ofSeconds(1).toNanos();

    private final Admin admin;
    private final Topic topic;
    // Null when the broker did not answer.
    private @Nullable Described described;
    private long askedAt = System.nanoTime() - TRUSTED_NANOS;

    /** What the broker says of the topic. */
    private record Described(UUID id, int partitions) {}

    QueueTopic(Admin admin, Topic topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /**
     * The id, as the broker said within the last second.
     *
     * @throws QueueUnavailableException when the broker does not answer or has no such topic
     */
    UUID id() {
        return described().id();
    }

    /**
     * All its partitions, as the broker said within the last second.
     *
     * @throws QueueUnavailableException when the broker does not answer or has no such topic
     */
    List<TopicPartition> partitions() {
        return IntStream.range(0, described().partitions())
                .mapToObj(each -> new TopicPartition(topic.word(), each))
                .toList();
    }

    private synchronized Described described() {
        if (System.nanoTime() - askedAt > TRUSTED_NANOS) {
            described = ask();
            askedAt = System.nanoTime();
        }
        if (described == null) {
            // Callers that waited for the same answer do not ask again, one after the other.
            throw new QueueUnavailableException("the broker does not answer");
        }
        return described;
    }

    private @Nullable Described ask() {
        try {
            var found =
                    admin.describeTopics(List.of(topic.word()))
                            .allTopicNames()
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .get(topic.word());
            if (found == null) {
                return null;
            }
            var uuid = found.topicId();
            var id = new UUID(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
            return new Described(id, found.partitions().size());
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the broker does not answer", e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
