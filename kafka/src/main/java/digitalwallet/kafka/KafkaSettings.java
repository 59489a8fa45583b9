package digitalwallet.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Kafka, and the properties that the clients of all parts share. Whoever asks for them
 * makes a client, so the brokers are probed first ({@link TlsProbe}): at the start and whenever a
 * client is made anew. Nothing here needs a broker newer than 2.8.
 *
 * @param bootstrap addresses of some brokers
 * @param replication how many brokers hold a copy of each topic that is made
 * @param partitions of the topics that are made
 * @param allowUnsafe whether an existing topic may be one that loses messages
 * @param protocol Kafka's word for how the connection is secured
 * @param sasl null when the brokers ask for no password
 * @param trustStore a PEM file of certificates; null for those of the JDK
 */
public record KafkaSettings(
        String bootstrap,
        int replication,
        int partitions,
        boolean allowUnsafe,
        String protocol,
        @Nullable Sasl sasl,
        @Nullable Path trustStore) {

    /** A producer gives a message up after this long. */
    private static final int DELIVERY_MILLIS_MAX = 10_000;

    /** What a consumer takes at once; a single message that is larger comes alone. */
    private static final int FETCH_BYTES_MAX = 16 << 20;

    private static final int PARTITION_BYTES_MAX = 2 << 20;
    private static final int REQUEST_MILLIS_MAX = 5_000;
    private static final int CALL_MILLIS_MAX = 5_000;
    private static final int RECONNECT_MILLIS_MAX = 1_000;

    /** The process's account at the brokers. */
    public record Sasl(String mechanism, String user, String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return user + " by " + mechanism;
        }

        private String loginModule() {
            var module =
                    mechanism.equals("PLAIN")
                            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                            : "org.apache.kafka.common.security.scram.ScramLoginModule";
            return "%s required username=%s password=%s;"
                    .formatted(module, quoted(user), quoted(password));
        }

        private static String quoted(String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }

    /** A broker of this machine without passwords. */
    public static KafkaSettings local(String bootstrap, int partitions) {
        return new KafkaSettings(bootstrap, 1, partitions, false, "PLAINTEXT", null, null);
    }

    /** Whether the connections are. */
    boolean isEncrypted() {
        return protocol.endsWith("SSL");
    }

    /**
     * For a producer that loses nothing, doubles nothing, and does not wait for ever.
     *
     * @throws WantsTlsException when a broker wants TLS that is not offered
     */
    public Map<String, Object> producer() {
        var properties = common();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS_MAX);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CALL_MILLIS_MAX);
        return properties;
    }

    /**
     * For a consumer that keeps its positions itself: nothing is committed at the broker. Without a
     * position it fails instead of beginning somewhere.
     *
     * @throws WantsTlsException when a broker wants TLS that is not offered
     */
    public Map<String, Object> consumer() {
        var properties = common();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES_MAX);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES_MAX);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * CALL_MILLIS_MAX);
        return properties;
    }

    /**
     * For making and examining topics.
     *
     * @throws WantsTlsException when a broker wants TLS that is not offered
     */
    public Map<String, Object> admin() {
        var properties = common();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MILLIS_MAX);
        return properties;
    }

    private Map<String, Object> common() {
        if (!isEncrypted() && TlsProbe.isWanted(bootstrap)) {
            throw new WantsTlsException();
        }
        NativeLz4.load();
        var properties = new HashMap<String, Object>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS_MAX);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS_MAX);
        // Micrometer has what is worth to be seen; JMX would complain of two clients of one name.
        properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        if (sasl != null) {
            properties.put(SaslConfigs.SASL_MECHANISM, sasl.mechanism());
            properties.put(SaslConfigs.SASL_JAAS_CONFIG, sasl.loginModule());
        }
        if (trustStore != null) {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, trustStore.toString());
        }
        return properties;
    }
}
