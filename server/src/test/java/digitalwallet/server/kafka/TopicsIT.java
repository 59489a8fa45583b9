package digitalwallet.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.TopicCheck;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.messages.Topic;
import digitalwallet.server.kafka.Topics.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The topics of a real broker: made, examined, refused. */
final class TopicsIT {

    /**
     * So many partitions that the broker is still creating some when the topic is known already.
     */
    private static final int MANY_PARTITIONS = 40;

    private static LocalKafka kafka;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void start() {
        kafka = LocalKafka.temporary();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @AfterEach
    void forgetTopics() throws Exception {
        try (var admin = Admin.create(settings(false).admin())) {
            var names = admin.listTopics().names().get();
            admin.deleteTopics(names).all().get();
            Awaitility.await()
                    .atMost(5, TimeUnit.MINUTES)
                    .until(() -> admin.listTopics().names().get().isEmpty());
        }
    }

    @Test
    void two_instances_at_once_make_each_topic_once_with_its_settings() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4);
                var admin = Admin.create(settings(false).admin())) {
            Callable<List<String>> check =
                    new TopicCheck(admin, settings(false), List.of(Topic.values()))::run;
            for (var sentences : threads.invokeAll(List.of(check, check, check))) {
                assertThat(sentences.get()).isEmpty();
            }
            var names = List.of(Topic.values()).stream().map(Topic::word).toList();
            var topics = admin.describeTopics(names).allTopicNames().get();
            var partitions = new TreeMap<String, Integer>();
            topics.forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
            assertThat(partitions)
                    .isEqualTo(
                            Map.of(
                                    "wallet.commands", 3,
                                    "wallet.commands.dead", 1,
                                    "wallet.transactions", 3,
                                    "payments.events", 3));
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, "wallet.commands");
            for (var config : admin.describeConfigs(List.of(resource)).all().get().values()) {
                assertThat(config.get("retention.ms").value()).isEqualTo("-1");
                assertThat(config.get("flush.messages").value()).isEqualTo("1");
            }
        }
    }

    /** If a producer's first batch were refused once, the broker would never take it again. */
    @Test
    void what_was_just_made_can_be_written_to_at_once() throws Exception {
        var settings = KafkaSettings.local(kafka.bootstrap(), MANY_PARTITIONS);
        var properties = settings.producer();
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        properties.put(ProducerConfig.RETRIES_CONFIG, 0);
        try (var admin = Admin.create(settings.admin());
                var producer =
                        new KafkaProducer<>(
                                properties, new StringSerializer(), new StringSerializer())) {
            assertThat(new TopicCheck(admin, settings, List.of(Topic.COMMANDS)).run()).isEmpty();
            for (int partition = 0; partition < MANY_PARTITIONS; partition++) {
                var message = new ProducerRecord<>("wallet.commands", partition, "key", "value");
                assertThat(producer.send(message).get().offset()).isZero();
            }
        }
    }

    @Test
    void a_topic_that_forgets_is_named_unless_that_is_waived() throws Exception {
        assertThat(verdict(settings(false))).isEqualTo(new Verdict.Safe());
        change("wallet.commands", Map.of("retention.ms", "86400000"));
        assertThat(verdict(settings(false)))
                .isInstanceOfSatisfying(
                        Verdict.Unsafe.class,
                        unsafe ->
                                assertThat(unsafe.sentence())
                                        .contains("wallet.commands", "retention.ms=-1")
                                        .doesNotContain("payments.events"));
        assertThat(verdict(settings(true))).isEqualTo(new Verdict.Safe());
    }

    /** 250 MB of blanks are 250 KB on their way. */
    @Test
    void a_small_message_that_becomes_a_huge_one_is_refused_on_every_topic() throws Exception {
        assertThat(verdict(settings(false))).isEqualTo(new Verdict.Safe());
        var huge = new byte[250_000_000];
        Arrays.fill(huge, (byte) ' ');
        var properties = settings(false).producer();
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * huge.length);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * huge.length);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 300_000);
        try (var producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var topic : Topic.values()) {
                var refused = producer.send(new ProducerRecord<>(topic.word(), 0, null, huge));
                assertThatThrownBy(refused::get)
                        .as(topic.word())
                        .hasCauseInstanceOf(InvalidRecordException.class);
                var taken = new ProducerRecord<byte[], byte[]>(topic.word(), 0, null, new byte[99]);
                assertThat(producer.send(taken).get().offset()).isZero();
            }
        }
    }

    @Test
    void a_topic_from_before_there_were_bounds_gets_them_unless_that_is_waived() throws Exception {
        assertThat(verdict(settings(false))).isEqualTo(new Verdict.Safe());
        var unbounded =
                Map.of(
                        "compression.type",
                        "producer",
                        "max.decompressed.message.bytes",
                        Integer.toString(2_000_000_000));
        change("payments.events", unbounded);
        assertThat(verdict(settings(true))).isEqualTo(new Verdict.Safe());
        assertThat(Topic.PAYMENTS.missingBounds(config("payments.events"))).hasSize(2);
        assertThat(verdict(settings(false))).isEqualTo(new Verdict.Safe());
        Awaitility.await()
                .atMost(5, TimeUnit.MINUTES)
                .until(() -> Topic.PAYMENTS.missingBounds(config("payments.events")).isEmpty());
    }

    @Test
    void kafka_is_waited_for_and_its_absence_is_seen() {
        kafka.stop();
        try (var topics = Topics.watch(settings(false), registry)) {
            assertThat(topics.areSafe()).isFalse();
            assertThat(available()).isZero();
            kafka.restart();
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(topics::areSafe);
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> available() == 1);
            kafka.kill();
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> available() == 0);
            kafka.restart();
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> available() == 1);
        }
    }

    private double available() {
        return registry.get("wallet_kafka_available").gauge().value();
    }

    private Verdict verdict(KafkaSettings settings) throws Exception {
        try (var topics = Topics.watch(settings, registry)) {
            return topics.verdict().get(5, TimeUnit.MINUTES);
        }
    }

    private static Map<String, String> config(String topic) throws Exception {
        try (var admin = Admin.create(settings(false).admin())) {
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            return Objects.requireNonNull(config).entries().stream()
                    .filter(entry -> entry.value() != null)
                    .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        }
    }

    private static void change(String topic, Map<String, String> config) throws Exception {
        var changes =
                config.entrySet().stream()
                        .map(e -> new ConfigEntry(e.getKey(), e.getValue()))
                        .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                        .toList();
        try (var admin = Admin.create(settings(false).admin())) {
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
        }
    }

    private static KafkaSettings settings(boolean allowUnsafe) {
        return new KafkaSettings(kafka.bootstrap(), 1, 3, allowUnsafe, "PLAINTEXT", null, null);
    }
}
