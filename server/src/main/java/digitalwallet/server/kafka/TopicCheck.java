package digitalwallet.server.kafka;

import digitalwallet.messages.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics that are missing and examines those that exist. */
final class TopicCheck {

    private final Admin admin;
    private final KafkaSettings settings;

    TopicCheck(Admin admin, KafkaSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * Does so, as often as one likes and while others do the same.
     *
     * @return what could lose messages, in sentences that say what to change
     * @throws ExecutionException when Kafka cannot be asked now
     */
    List<String> run() throws ExecutionException, InterruptedException {
        var missing = new HashSet<>(Arrays.asList(Topic.values()));
        missing.removeAll(existing().keySet());
        for (var topic : missing) {
            create(topic);
        }
        // What another instance or a person has made a moment ago is examined, too.
        return examine(existing());
    }

    private void create(Topic topic) throws ExecutionException, InterruptedException {
        int replication = settings.replication();
        var wanted =
                new NewTopic(
                                topic.word(),
                                topic.partitions(settings.partitions()),
                                (short) replication)
                        .configs(topic.config(replication, replication == 1));
        try {
            admin.createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private Map<Topic, TopicDescription> existing()
            throws ExecutionException, InterruptedException {
        var names = Arrays.stream(Topic.values()).map(Topic::word).toList();
        var answers = admin.describeTopics(names).topicNameValues();
        var existing = new HashMap<Topic, TopicDescription>();
        for (var topic : Topic.values()) {
            var answer = answers.get(topic.word());
            if (answer == null) {
                continue;
            }
            try {
                existing.put(topic, answer.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return existing;
    }

    private List<String> examine(Map<Topic, TopicDescription> topics)
            throws ExecutionException, InterruptedException {
        var resources =
                topics.keySet().stream()
                        .collect(Collectors.toMap(topic -> topic, TopicCheck::resource));
        var configs = admin.describeConfigs(resources.values()).all().get();
        var sentences = new ArrayList<String>();
        for (var topic : Topic.values()) {
            var description = topics.get(topic);
            var config = Optional.ofNullable(resources.get(topic)).map(configs::get).orElse(null);
            if (description != null && config != null) {
                sentences.addAll(topic.unsafe(values(config), replication(description)));
            }
        }
        return List.copyOf(sentences);
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
