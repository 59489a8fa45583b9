package digitalwallet.payments.store;

import digitalwallet.money.Money;
import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.PaymentState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it is now.
 *
 * @param id for a payout, the withdrawal's transaction id
 * @param providerKey what the provider knows it by: of what survives a restore of our database
 * @param destination where a payout is paid to; null for a top-up
 * @param initiatedBy the id of the one in whose name it was ordered
 * @param authenticatedAs whose token it was, or {@code wallet}
 * @param providerReference the provider's own reference, once it has paid
 * @param failure why it failed, once it has
 * @param eventId the id of what the wallet is told, and of the transaction that follows from it;
 *     null until then
 * @param attempts how often the provider was asked in this state
 * @param nextActionAt when the provider is asked next; null when it is not
 */
public record Payment(
        UUID id,
        UUID providerKey,
        PaymentKind kind,
        PaymentState state,
        String userId,
        Money amount,
        String method,
        @Nullable String destination,
        String initiatedBy,
        String authenticatedAs,
        @Nullable String providerReference,
        @Nullable String failure,
        @Nullable UUID eventId,
        int attempts,
        @Nullable Instant nextActionAt,
        Instant createdAt,
        Instant changedAt) {

    /** A new one, for the provider to begin with. */
    public static Payment begin(
            UUID id,
            UUID providerKey,
            PaymentKind kind,
            String userId,
            Money amount,
            String method,
            @Nullable String destination,
            String initiatedBy,
            String authenticatedAs,
            Instant now) {
        return new Payment(
                id,
                providerKey,
                kind,
                PaymentState.PENDING,
                userId,
                amount,
                method,
                destination,
                initiatedBy,
                authenticatedAs,
                null,
                null,
                null,
                0,
                now,
                now,
                now);
    }

    /** The same in another state, in which the provider is not asked. */
    public Payment moved(PaymentState to, Instant now) {
        return next(to, providerReference, failure, eventId, null, now);
    }

    /** The same, with the provider's reference: it has paid, whatever it said before. */
    public Payment paid(String reference) {
        return next(state, reference, null, eventId, nextActionAt, changedAt);
    }

    /** The same, with the reason why the provider has not paid. */
    public Payment refused(String why) {
        return next(state, providerReference, why, eventId, nextActionAt, changedAt);
    }

    /** The same, with the id of what the wallet is told. */
    public Payment telling(UUID id) {
        return next(state, providerReference, failure, id, nextActionAt, changedAt);
    }

    /** The same, and the provider is asked at that time. */
    public Payment actingAt(Instant time) {
        return next(state, providerReference, failure, eventId, time, changedAt);
    }

    /** The payment as the first answer to its creator showed it. */
    public Payment asCreated() {
        return begin(
                id,
                providerKey,
                kind,
                userId,
                amount,
                method,
                destination,
                initiatedBy,
                authenticatedAs,
                createdAt);
    }

    private Payment next(
            PaymentState nextState,
            @Nullable String reference,
            @Nullable String why,
            @Nullable UUID event,
            @Nullable Instant actionAt,
            Instant changed) {
        return new Payment(
                id,
                providerKey,
                kind,
                nextState,
                userId,
                amount,
                method,
                destination,
                initiatedBy,
                authenticatedAs,
                reference,
                why,
                event,
                nextState == state ? attempts : 0,
                actionAt,
                createdAt,
                changed);
    }
}
