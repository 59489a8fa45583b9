package digitalwallet.payments.flow;

import java.util.UUID;
import java.util.function.BiConsumer;

/** A point between two steps where the process may die and nothing may be lost or done twice. */
public enum Checkpoint {
    /** A top-up is stored, its caller has no answer yet. */
    PAYMENT_STORED,
    /** A call to the provider is written down, but not made. */
    CALL_RECORDED,
    /** The provider has answered, but the answer is not stored. */
    CALL_ANSWERED,
    /** The answer and its effect are written, but not committed. */
    ANSWER_UNCOMMITTED,
    /** The answer and its effect are committed. */
    ANSWER_STORED,
    /** A webhook and its effect are written, but not committed. */
    WEBHOOK_UNCOMMITTED,
    /** A webhook's effect is committed, but the provider does not know that it was taken. */
    WEBHOOK_STORED,
    /** The broker has an event, but the outbox does not say so. */
    EVENT_SENT,
    /** A wallet event's effect is written, but neither it nor the position is committed. */
    WALLET_EVENT_UNCOMMITTED;

    /** What happens at these points: nothing. */
    public static final BiConsumer<Checkpoint, UUID> NOTHING = (_, _) -> {};
}
