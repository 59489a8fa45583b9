package digitalwallet.payments.queue;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How the broker is reached and topics are made.
 *
 * @param replication on how many brokers a message is
 * @param partitions of topics that are made
 * @param allowUnsafe whether to use topics that may lose messages
 * @param client settings that every client shares: addresses, security
 */
public record KafkaSettings(
        int replication, int partitions, boolean allowUnsafe, Map<String, Object> client) {

    /** Copies the client's settings. */
    public KafkaSettings {
        client = Map.copyOf(client);
    }

    /** Addresses of some brokers. */
    String bootstrap() {
        return String.valueOf(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** Whether the connections are. */
    boolean isEncrypted() {
        var protocol = client.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
        return String.valueOf(protocol).endsWith("SSL");
    }

    Map<String, Object> with(Map<String, Object> more) {
        var all = new HashMap<>(client);
        all.putAll(more);
        return all;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return bootstrap();
    }
}
