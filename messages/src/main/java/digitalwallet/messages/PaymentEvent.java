package digitalwallet.messages;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the payments service tells the wallet: money came in, went out, or did not go out. */
public sealed interface PaymentEvent {

    /** Who publishes these events. */
    String SOURCE = "payments";

    /** A UUIDv7 chosen once: the id of the transaction it causes. */
    UUID id();

    /** When the payments service knew. */
    Instant time();

    /** The payment; of a payout, also the withdrawal's transaction id. */
    UUID paymentId();

    /** Whose wallet, and the record key. */
    String userId();

    /** Decimal digits in major units, positive. */
    String amount();

    /** ISO 4217. */
    String currency();

    /**
     * Money came in: the wallet posts a deposit.
     *
     * @param bankTransactionId the provider's reference
     * @param initiatedBy who asked for the top-up
     */
    record TopUpSucceeded(
            UUID id,
            Instant time,
            UUID paymentId,
            String userId,
            String amount,
            String currency,
            String bankTransactionId,
            String initiatedBy)
            implements PaymentEvent {}

    /**
     * A payout went out: the wallet posts a settlement.
     *
     * @param bankTransactionId the provider's reference, or null
     */
    record PayoutSucceeded(
            UUID id,
            Instant time,
            UUID paymentId,
            String userId,
            String amount,
            String currency,
            @Nullable String bankTransactionId)
            implements PaymentEvent {}

    /**
     * A payout did not go out and never will: the wallet posts a reversal.
     *
     * @param failure why, a stable word such as {@code declined}
     */
    record PayoutFailed(
            UUID id,
            Instant time,
            UUID paymentId,
            String userId,
            String amount,
            String currency,
            String failure)
            implements PaymentEvent {}

    /** The record key. */
    default String key() {
        return userId();
    }

    /** As an envelope. */
    default CloudEvent toEvent() {
        return PaymentEventJson.write(this);
    }

    /**
     * Reads one; fields it does not know are passed over.
     *
     * @throws MalformedMessageException when it is another message or lacks something
     */
    static PaymentEvent read(CloudEvent event) {
        return PaymentEventJson.read(event);
    }
}
