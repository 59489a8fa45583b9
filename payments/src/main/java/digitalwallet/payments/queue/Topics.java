package digitalwallet.payments.queue;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.Refusal;
import digitalwallet.kafka.TopicCheck;
import digitalwallet.messages.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Makes the topics that payments need, and refuses those that may lose messages. */
public final class Topics {

    private static final List<Topic> OURS = List.of(Topic.PAYMENTS, Topic.TRANSACTIONS);
    private static final int ANSWER_MILLIS_MAX = 30_000;

    private Topics() {}

    /**
     * Makes what is missing and looks at what is there.
     *
     * @throws UnsafeTopicException when something may be lost, or the broker does not answer
     */
    public static void ensure(KafkaSettings settings) {
        var refusal = new Refusal(settings, "PAYMENTS_");
        try (var admin = Admin.create(patient(settings))) {
            var unsafe = new TopicCheck(admin, settings, OURS).run();
            if (!unsafe.isEmpty() && !settings.allowUnsafe()) {
                throw new UnsafeTopicException(String.join(" ", unsafe));
            }
        } catch (ExecutionException | KafkaException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new UnsafeTopicException(
                    refusal.sentence(e).orElseGet(() -> sentence(cause, settings)), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Map<String, Object> patient(KafkaSettings settings) {
        var properties = settings.admin();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS_MAX);
        return properties;
    }

    private static String sentence(Throwable cause, KafkaSettings settings) {
        return cause instanceof TimeoutException
                ? "Kafka does not answer at %s; are PAYMENTS_KAFKA_BOOTSTRAP and"
                                .formatted(settings.bootstrap())
                        + " PAYMENTS_KAFKA_SECURITY_PROTOCOL right?"
                : "Kafka cannot be used: " + cause.getMessage() + ".";
    }
}
