package digitalwallet.local.supervise;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.kafka.LocalKafka;
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
            kafka = LocalKafka.launch(folder.kafka(), folder.log("kafka"));
        } else {
            kafka.relaunch();
        }
    }

    @Override
    public boolean isAlive() {
        return kafka != null && kafka.isRunning();
    }

    @Override
    public boolean isReady() {
        return kafka != null && kafka.isReady();
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

    /** Where clients connect to; only after the first start. */
    public String bootstrap() {
        if (kafka == null) {
            throw new IllegalStateException("Kafka has not been started");
        }
        return kafka.bootstrap();
    }
}
