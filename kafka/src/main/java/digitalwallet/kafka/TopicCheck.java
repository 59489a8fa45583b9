package digitalwallet.kafka;

import digitalwallet.messages.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes those of some topics that are missing, bounds what the messages of the others may become,
 * and examines all of them.
 */
public final class TopicCheck {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);

    private static final int ATTEMPTS_MAX = 100;
    private static final long PAUSE_MILLIS = 100;

    private final Admin admin;
    private final KafkaSettings settings;
    private final List<Topic> topics;

    /** Of these topics; the client stays the caller's. */
    public TopicCheck(Admin admin, KafkaSettings settings, List<Topic> topics) {
        this.admin = admin;
        this.settings = settings;
        this.topics = List.copyOf(topics);
    }

    /**
     * Makes the topics that are missing and examines the others. It may run often, and in several
     * processes at once.
     *
     * @return what could lose messages, in sentences that say what to change
     * @throws ExecutionException when Kafka cannot be asked now
     */
    public List<String> run() throws ExecutionException, InterruptedException {
        // Who may not make topics is not asked to, where others have made them.
        var missing = missing();
        for (var topic : missing) {
            create(topic);
        }
        // Topics that were just made are not known to every broker at once.
        for (int attempt = 1; ; attempt++) {
            try {
                if (!missing.isEmpty()) {
                    awaitLeaders();
                }
                return examine();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private List<Topic> missing() throws ExecutionException, InterruptedException {
        var answers = admin.describeTopics(names()).topicNameValues();
        var missing = new ArrayList<Topic>();
        for (var topic : topics) {
            try {
                Objects.requireNonNull(answers.get(topic.word())).get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                missing.add(topic);
            }
        }
        return missing;
    }

    private void create(Topic topic) throws ExecutionException, InterruptedException {
        int replication = settings.replication();
        var config = topic.config(replication, replication == 1);
        try {
            create(topic, config);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof InvalidConfigurationException)) {
                throw e;
            }
            create(topic, Topic.knownToAll(config));
        }
    }

    private void create(Topic topic, Map<String, String> config)
            throws ExecutionException, InterruptedException {
        int partitions = topic.partitions(settings.partitions());
        var wanted = new NewTopic(topic.word(), partitions, (short) settings.replication());
        try {
            admin.createTopics(List.of(wanted.configs(config))).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /**
     * Waits until every partition can be written to. Suppose that a producer's first batch is
     * refused because a partition is not ready, and its second one is accepted. Then the first one
     * can never follow: Kafka takes it for a duplicate out of order, until it expires. And the
     * order is lost.
     */
    private void awaitLeaders() throws ExecutionException, InterruptedException {
        var partitions = new HashMap<TopicPartition, OffsetSpec>();
        for (var topic : admin.describeTopics(names()).allTopicNames().get().values()) {
            for (var each : topic.partitions()) {
                var partition = new TopicPartition(topic.name(), each.partition());
                partitions.put(partition, OffsetSpec.latest());
            }
        }
        admin.listOffsets(partitions).all().get();
    }

    private List<String> examine() throws ExecutionException, InterruptedException {
        var described = admin.describeTopics(names()).allTopicNames().get();
        var resources = topics.stream().map(TopicCheck::resource).toList();
        var configs = admin.describeConfigs(resources).all().get();
        var sentences = new ArrayList<String>();
        for (var topic : topics) {
            var told = Objects.requireNonNull(configs.get(resource(topic)));
            var config = new HashMap<>(values(told));
            var description = Objects.requireNonNull(described.get(topic.word()));
            config.putAll(bind(topic, config));
            sentences.addAll(topic.unsafe(config, replication(description)));
        }
        return List.copyOf(sentences);
    }

    /**
     * Gives a topic that was made before there were bounds those that it lacks, if that is allowed;
     * they lose nothing.
     *
     * @return what has been set
     */
    private Map<String, String> bind(Topic topic, Map<String, String> config)
            throws InterruptedException {
        var missing = topic.missingBounds(config);
        if (missing.isEmpty() || settings.allowUnsafe()) {
            return Map.of();
        }
        var changes =
                missing.entrySet().stream()
                        .map(bound -> new ConfigEntry(bound.getKey(), bound.getValue()))
                        .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                        .toList();
        try {
            admin.incrementalAlterConfigs(Map.of(resource(topic), changes)).all().get();
            LOG.info("set {} on {}", missing, topic.word());
            return missing;
        } catch (ExecutionException e) {
            LOG.info("{} cannot be set on {}: {}", missing, topic.word(), e.getMessage());
            return Map.of();
        }
    }

    private List<String> names() {
        return topics.stream().map(Topic::word).toList();
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.word());
    }

    private static Map<String, String> values(Config config) {
        var values = new HashMap<String, String>();
        for (var entry : config.entries()) {
            if (entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
        }
        return values;
    }

    /** On how many brokers every message is at least: partitions may differ. */
    private static int replication(TopicDescription description) {
        return description.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(1);
    }
}
