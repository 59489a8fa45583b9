package digitalwallet.payments.store;

import digitalwallet.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of the ledger that concerns a payment, as the wallet told it.
 *
 * @param paymentId the payment; null when there is none, which reconciliation names
 * @param rejection why the wallet refused it; null when it was posted
 */
public record WalletTransaction(
        UUID id,
        String type,
        @Nullable UUID paymentId,
        String userId,
        Money amount,
        @Nullable String bankTransactionId,
        @Nullable String rejection,
        Instant createdAt) {}
