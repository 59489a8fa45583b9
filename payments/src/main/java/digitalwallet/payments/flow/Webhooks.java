package digitalwallet.payments.flow;

import digitalwallet.payments.provider.Answer;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.Payments;
import digitalwallet.payments.store.WebhookEvents;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what a provider reports of its own accord, each event once. */
public final class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    private final Database database;
    private final WebhookEvents events;
    private final Payments payments;
    private final PaymentFlow flow;
    private final InstantSource clock;
    private final BiConsumer<Checkpoint, UUID> checkpoint;

    /** Into this flow. */
    public Webhooks(
            Database database,
            PaymentFlow flow,
            InstantSource clock,
            BiConsumer<Checkpoint, UUID> checkpoint) {
        this.database = database;
        this.events = new WebhookEvents(database);
        this.payments = new Payments(database);
        this.flow = flow;
        this.clock = clock;
        this.checkpoint = checkpoint;
    }

    /**
     * One event, whose signature is good.
     *
     * @param key the payment's at the provider
     * @param isRefund whether it is about paying back
     */
    public record Event(String id, UUID key, boolean isRefund, Answer answer) {}

    /** Hears it; a replay has no effect. */
    public void hear(Event event) {
        var id =
                database.inTransaction(
                        () -> {
                            var payment = hearOnce(event);
                            checkpoint.accept(Checkpoint.WEBHOOK_UNCOMMITTED, payment);
                            return payment;
                        });
        checkpoint.accept(Checkpoint.WEBHOOK_STORED, id);
    }

    /** Returns the payment that it is about, or its key when it is about none of ours. */
    private UUID hearOnce(Event event) {
        var word = event.answer.word();
        boolean isNew = events.insert(event.id, event.key.toString(), word, clock.instant());
        var payment = payments.byProviderKey(event.key);
        if (payment.isEmpty()) {
            LOG.error("a provider tells of a payment that is not ours: {}", event.key);
            return event.key;
        }
        var id = payment.get().id();
        if (isNew) {
            flow.hear(id, event.answer, event.isRefund);
        }
        return id;
    }
}
