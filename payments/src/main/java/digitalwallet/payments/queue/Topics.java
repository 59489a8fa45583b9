package digitalwallet.payments.queue;

import digitalwallet.messages.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Makes the topics that payments need, and refuses those that may lose messages. */
public final class Topics {

    private static final List<Topic> OURS = List.of(Topic.PAYMENTS, Topic.TRANSACTIONS);
    private static final long ANSWER_SECONDS_MAX = 30;
    private static final int ATTEMPTS_MAX = 100;
    private static final long PAUSE_MILLIS = 100;

    private Topics() {}

    /**
     * Makes what is missing and looks at what is there.
     *
     * @throws UnsafeTopicException when something may be lost, or the broker does not answer
     */
    public static void ensure(KafkaSettings settings) {
        if (!settings.isEncrypted() && TlsProbe.isWanted(settings.bootstrap())) {
            throw new UnsafeTopicException(Refusal.ofPlainText(settings));
        }
        try (var admin = Admin.create(settings.with(Map.of()))) {
            createMissing(settings, admin);
            var unsafe = unsafeOnceKnown(admin);
            if (!unsafe.isEmpty() && !settings.allowUnsafe()) {
                throw new UnsafeTopicException(String.join(" ", unsafe));
            }
        } catch (ExecutionException | KafkaException e) {
            throw refused(e, settings);
        } catch (TimeoutException e) {
            throw new UnsafeTopicException(unanswered(settings), e);
        }
    }

    private static UnsafeTopicException refused(Exception e, KafkaSettings settings) {
        var cause = e.getCause() == null ? e : e.getCause();
        var sentence =
                cause instanceof org.apache.kafka.common.errors.TimeoutException
                        ? unanswered(settings)
                        : "Kafka cannot be used: " + cause.getMessage() + ".";
        return new UnsafeTopicException(Refusal.sentence(e, settings).orElse(sentence), cause);
    }

    private static String unanswered(KafkaSettings settings) {
        return "Kafka does not answer at %s; are PAYMENTS_KAFKA_BOOTSTRAP and"
                        .formatted(settings.bootstrap())
                + " PAYMENTS_KAFKA_SECURITY_PROTOCOL right?";
    }

    /** Who may not make topics is not asked to, where others have made them. */
    private static void createMissing(KafkaSettings settings, Admin admin)
            throws ExecutionException, TimeoutException {
        var described = admin.describeTopics(OURS.stream().map(Topic::word).toList());
        for (var topic : OURS) {
            if (!exists(described.topicNameValues().get(topic.word()))) {
                create(topic, settings, admin);
            }
        }
    }

    private static boolean exists(@Nullable KafkaFuture<TopicDescription> description)
            throws ExecutionException, TimeoutException {
        try {
            return description != null && wait(description) != null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private static void create(Topic topic, KafkaSettings settings, Admin admin)
            throws ExecutionException, TimeoutException {
        int replication = settings.replication();
        var wanted =
                new NewTopic(
                                topic.word(),
                                Optional.of(topic.partitions(settings.partitions())),
                                Optional.of((short) replication))
                        .configs(topic.config(replication, replication == 1));
        try {
            wait(admin.createTopics(List.of(wanted)).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Topics that were just made are not known to every broker at once. */
    private static List<String> unsafeOnceKnown(Admin admin)
            throws ExecutionException, TimeoutException {
        for (int attempt = 1; ; attempt++) {
            try {
                return unsafe(admin);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
    }

    private static List<String> unsafe(Admin admin) throws ExecutionException, TimeoutException {
        var names = OURS.stream().map(Topic::word).toList();
        var described = wait(admin.describeTopics(names).allTopicNames());
        var configs =
                wait(admin.describeConfigs(names.stream().map(Topics::resource).toList()).all());
        var sentences = new ArrayList<String>();
        for (var topic : OURS) {
            var config = new HashMap<String, String>();
            var entries = configs.get(resource(topic.word()));
            if (entries != null) {
                entries.entries().stream()
                        .filter(entry -> entry.value() != null)
                        .forEach(entry -> config.put(entry.name(), entry.value()));
            }
            sentences.addAll(topic.unsafe(config, replication(described.get(topic.word()))));
        }
        return sentences;
    }

    private static int replication(@Nullable TopicDescription topic) {
        return topic == null
                ? 1
                : topic.partitions().stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElse(1);
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    static <T> T wait(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
