package digitalwallet.payments.provider;

import digitalwallet.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One movement that a provider is asked for.
 *
 * @param key makes it happen once, however often it is sent
 * @param userId the user whose money it is
 * @param method how, in the provider's words
 * @param destination where the money goes; null unless it is paid out
 */
public record ProviderCall(
        String key,
        Kind kind,
        Money amount,
        String userId,
        String method,
        @Nullable String destination) {

    /** Which way the money goes. */
    public enum Kind {
        /** From the user to us. */
        CHARGE,
        /** From us to the user. */
        PAY,
        /** What was charged, back to the user. */
        REFUND
    }
}
