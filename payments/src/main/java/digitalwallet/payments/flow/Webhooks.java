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
     * @param paymentId the payment whose key it names
     * @param isRefund whether it is about paying back
     */
    public record Event(String id, UUID paymentId, boolean isRefund, Answer answer) {}

    /** Hears it; a replay has no effect. */
    public void hear(Event event) {
        database.inTransactionDo(
                () -> {
                    hearOnce(event);
                    checkpoint.accept(Checkpoint.WEBHOOK_UNCOMMITTED, event.paymentId);
                });
        checkpoint.accept(Checkpoint.WEBHOOK_STORED, event.paymentId);
    }

    private void hearOnce(Event event) {
        var word = event.answer.word();
        if (!events.insert(event.id, event.paymentId.toString(), word, clock.instant())) {
            return;
        }
        if (payments.find(event.paymentId).isEmpty()) {
            LOG.error("a provider tells of a payment that is not ours: {}", event.paymentId);
            return;
        }
        flow.hear(event.paymentId, event.answer, event.isRefund);
    }
}
