package digitalwallet.server.queue;

import digitalwallet.messages.Topic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic's id, by which the books know it: a topic that is made again has another one. */
final class QueueTopic {

    private static final Logger LOG = LoggerFactory.getLogger(QueueTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final long TRUSTED_NANOS = Duration.ofSeconds(1).toNanos();

    private final Admin admin;
    private final Topic topic;
    // Null when the broker did not answer.
    private @Nullable UUID id;
    private long askedAt = System.nanoTime() - TRUSTED_NANOS;

    QueueTopic(Admin admin, Topic topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /**
     * The id, as the broker said within the last second.
     *
     * @throws QueueUnavailableException when the broker does not answer or has no such topic
     */
    synchronized UUID id() {
        if (System.nanoTime() - askedAt > TRUSTED_NANOS) {
            id = ask();
            askedAt = System.nanoTime();
        }
        if (id == null) {
            // Callers that waited for the same answer do not ask again, one after the other.
            throw new QueueUnavailableException("the broker does not answer");
        }
        return id;
    }

    private @Nullable UUID ask() {
        try {
            var described =
                    admin.describeTopics(List.of(topic.word()))
                            .allTopicNames()
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            var found = described.get(topic.word());
            if (found == null) {
                return null;
            }
            var uuid = found.topicId();
            return new UUID(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the broker does not answer", e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
