package digitalwallet.server.producer;

import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.server.producer.ProducersFile.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All services that write commands themselves, as their file names them. The file is read again
 * when it or one of its keys changes, without a restart: a service that must be stopped is stopped
 * at once. For one thread.
 */
public final class Producers {

    private static final Logger LOG = LoggerFactory.getLogger(Producers.class);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final @Nullable Path file;
    private Registry registry = new Registry(Map.of(), Set.of());
    private String complaint = "";
    private long stamp;
    private long lookedAt = System.nanoTime();

    /**
     * A producer with one of its keys.
     *
     * @param key the one that the id in question names
     */
    record Registered(Producer producer, MessageKey key) {}

    private Producers(@Nullable Path file) {
        this.file = file;
    }

    /**
     * The producers in this file.
     *
     * @param file null when nobody but the wallet writes commands
     * @throws InvalidSettingException when it cannot be understood
     */
    public static Producers in(@Nullable Path file) {
        var producers = new Producers(file);
        if (file != null) {
            producers.registry = ProducersFile.read(file);
            producers.stamp = ProducersFile.stamp(producers.registry.files());
        }
        return producers;
    }

    /** The key with this id; empty when it is nobody's. */
    public Optional<MessageKey> key(String id) {
        // Who was added a moment ago must not be refused; who was removed may wait a second.
        if (!registry.byKey().containsKey(id) || System.nanoTime() - lookedAt >= LOOK_NANOS) {
            lookAgain();
        }
        return Optional.ofNullable(registry.byKey().get(id)).map(Registered::key);
    }

    /** Whose key this is; empty when it is nobody's. */
    public Optional<Producer> ofKey(String id) {
        return Optional.ofNullable(registry.byKey().get(id)).map(Registered::producer);
    }

    private void lookAgain() {
        if (file == null) {
            return;
        }
        lookedAt = System.nanoTime();
        long now = ProducersFile.stamp(registry.files());
        if (now == stamp && complaint.isEmpty()) {
            return;
        }
        try {
            registry = ProducersFile.read(file);
            stamp = ProducersFile.stamp(registry.files());
            complaint = "";
            LOG.info("the producers were read again: {} keys", registry.byKey().size());
        } catch (InvalidSettingException e) {
            complain(String.valueOf(e.getMessage()));
        }
    }

    /** Says the same only once; it is tried again. */
    private void complain(String sentence) {
        if (!sentence.equals(complaint)) {
            complaint = sentence;
            LOG.error("the producers stay as they were: {}", sentence);
        }
    }
}
