package digitalwallet.local.supervise;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.kafka.BrokerAccounts;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.producer.ProducerRegistry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wallet's Kafka broker. */
public final class KafkaChild implements Child {

    private final DataFolder folder;
    private @Nullable LocalKafka kafka;

    public KafkaChild(DataFolder folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "Kafka";
    }

    /**
     * The first start creates what is missing; later ones keep the port, which clients know. It
     * does not wait, so PostgreSQL can start meanwhile.
     */
    @Override
    public void start() {
        if (kafka == null) {
            kafka = LocalKafka.launchSecured(folder.kafka(), folder.log("kafka"));
        } else {
            kafka.relaunch();
        }
    }

    @Override
    public boolean isAlive() {
        return kafka != null && kafka.isRunning();
    }

    /** It is once it answers and knows who may log in. */
    @Override
    public boolean isReady() {
        return kafka != null
                && kafka.isReady()
                && kafka.grant(ProducerRegistry.in(folder.producers()).producers().keySet());
    }

    @Override
    public String lastWords() {
        var code = kafka == null ? null : kafka.exitCode();
        return (code == null ? "" : "exit code " + code + ", ") + "see " + folder.log("kafka");
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    /** How an account logs in: the variables of a process, without their prefix. */
    public Map<String, String> login(String account) {
        return Map.of(
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_PLAINTEXT",
                "KAFKA_SASL_MECHANISM",
                "SCRAM-SHA-512",
                "KAFKA_SASL_USER",
                account,
                "KAFKA_SASL_PASSWORD",
                BrokerAccounts.of(folder.kafka()).password(account));
    }

    /** Where clients connect to; only after the first start. */
    public String bootstrap() {
        if (kafka == null) {
            throw new IllegalStateException("Kafka has not been started");
        }
        return kafka.bootstrap();
    }
}
