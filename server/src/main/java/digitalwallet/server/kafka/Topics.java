package digitalwallet.server.kafka;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.Refusal;
import digitalwallet.kafka.TopicCheck;
import digitalwallet.messages.Topic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to the topics in the background, from the first moment that Kafka can be reached: the
 * synchronous wallet starts and works without it. Afterwards it goes on asking whether Kafka is
 * there, for the gauge {@code wallet_kafka_available}.
 */
public final class Topics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    /** What is known about the topics. */
    public sealed interface Verdict {

        /**
         * The topics are there and keep their messages, or an operator has allowed that they may
         * lose some.
         */
        record Safe() implements Verdict {}

        /**
         * One of them may lose messages.
         *
         * @param sentence what to change
         */
        record Unsafe(String sentence) implements Verdict {}

        /**
         * Kafka answers, but not to us: nothing is known.
         *
         * @param sentence what to change
         */
        record Refused(String sentence) implements Verdict {}
    }

    private final KafkaSettings settings;
    private final Refusal refusal;
    private final CompletableFuture<Verdict> first = new CompletableFuture<>();
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    private final Thread thread =
            Thread.ofPlatform().name("kafka-topics").daemon().unstarted(this::run);
    private volatile boolean available;
    private String complaint = "";

    private Topics(KafkaSettings settings) {
        this.settings = settings;
        this.refusal = new Refusal(settings, "WALLET_");
    }

    /** Begins; the gauge is in this registry. */
    public static Topics watch(KafkaSettings settings, MeterRegistry registry) {
        var topics = new Topics(settings);
        Gauge.builder("wallet_kafka_available", topics, each -> each.available ? 1 : 0)
                .description("1 while Kafka answers, asked every five seconds")
                .strongReference(true)
                .register(registry);
        topics.thread.start();
        return topics;
    }

    /** Completes as soon as Kafka has answered at all, even if it refuses this server. */
    public CompletableFuture<Verdict> first() {
        return first.copy();
    }

    /**
     * Completes once the topics are known. After a refusal it is tried again, because passwords and
     * rights can be given meanwhile.
     */
    public CompletableFuture<Verdict> verdict() {
        return verdict.copy();
    }

    /** Whether the topics are there and may be used. */
    public boolean areSafe() {
        return verdict.getNow(null) instanceof Verdict.Safe;
    }

    /** Ends the background work. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!(verdict.getNow(null) instanceof Verdict.Unsafe)) {
                attend();
                Thread.sleep(RETRY_INTERVAL);
            }
        } catch (InterruptedException _) {
            available = false;
        }
    }

    /** Works with one client until that fails. */
    private void attend() throws InterruptedException {
        try (var admin = Admin.create(settings.admin())) {
            while (!(verdict.getNow(null) instanceof Verdict.Unsafe)) {
                if (verdict.isDone()) {
                    admin.describeCluster().clusterId().get();
                } else {
                    var found = judge(new TopicCheck(admin, settings, List.of(Topic.values())));
                    verdict.complete(found);
                    first.complete(found);
                }
                reached();
                TimeUnit.MILLISECONDS.sleep(PROBE_INTERVAL.toMillis());
            }
        } catch (ExecutionException e) {
            complain(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            complain(e);
        }
    }

    private Verdict judge(TopicCheck check) throws ExecutionException, InterruptedException {
        var sentences = check.run();
        if (sentences.isEmpty()) {
            return new Verdict.Safe();
        }
        if (settings.allowUnsafe()) {
            sentences.forEach(sentence -> LOG.warn("{}", sentence));
            return new Verdict.Safe();
        }
        return new Verdict.Unsafe(String.join(" ", sentences));
    }

    private void reached() {
        if (!available) {
            LOG.info("Kafka answers");
        }
        available = true;
        complaint = "";
    }

    private void complain(Throwable e) {
        var reason = e instanceof KafkaException && e.getCause() != null ? e.getCause() : e;
        refusal.sentence(e)
                .ifPresentOrElse(
                        this::refused, () -> complain(reason.getMessage() + advice(reason)));
    }

    private void refused(String sentence) {
        complain(sentence);
        first.complete(new Verdict.Refused(sentence));
    }

    /** Logs a sentence only once, even if the cause lasts. */
    private void complain(String sentence) {
        available = false;
        if (!sentence.equals(complaint)) {
            complaint = sentence;
            LOG.warn("Kafka cannot be used, and will be tried again: {}", sentence);
        }
    }

    private static String advice(Throwable e) {
        return switch (e) {
            case InvalidReplicationFactorException _ ->
                    " WALLET_KAFKA_REPLICATION is for how many there are.";
            case TimeoutException _ ->
                    "; are WALLET_KAFKA_BOOTSTRAP and WALLET_KAFKA_SECURITY_PROTOCOL right?";
            default -> "";
        };
    }
}
