package digitalwallet.payments.provider;

import digitalwallet.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who moves money outside the wallet. An implementation throws nothing because of the
 * network: what it could not find out is {@link Answer.Unknown}.
 */
public interface Provider {

    /**
     * A line of its statement: money that has moved.
     *
     * @param key which it was asked for with
     * @param userId whose money the provider was told that it is
     */
    record Movement(
            String key, ProviderCall.Kind kind, Money amount, String userId, Instant movedAt) {}

    /** Whether it can move money by this method. */
    boolean takes(String method);

    /** Asks for a movement. A key that was used already has no second effect. */
    Answer send(ProviderCall call);

    /** Asks what has become of a movement. */
    Answer query(String key);

    /**
     * The provider's own statement: what it has moved since that time, newest first, whoever asked
     * for it. Empty when it cannot be asked now.
     */
    Optional<List<Movement>> statement(Instant since, int max);

    /** Whether a bank transaction id is one of this provider's references. */
    boolean isReference(String bankTransactionId);
}
