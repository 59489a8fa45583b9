package digitalwallet.ledger;

import digitalwallet.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One command's outcome, posted or rejected, as the journal keeps it.
 *
 * @param rejection why it was rejected; null when it was posted
 * @param userId the user whose money moves; the sender of a transfer
 * @param toUserId the receiver of a transfer, otherwise null
 * @param amount positive; zero of its currency for an opening; null where no currency is concerned
 * @param orderId the order a purchase belongs to or a refund names, or null
 * @param relatedTransactionId the purchase a refund names, or null
 * @param bankReference keyed digest of the details' bank transaction id, or null
 * @param entries what it changed: account and version of each entry; empty when rejected
 */
public record Transaction(
        UUID id,
        TransactionType type,
        @Nullable Rejection rejection,
        String userId,
        @Nullable String toUserId,
        @Nullable Money amount,
        Initiator initiator,
        @Nullable String orderId,
        @Nullable UUID relatedTransactionId,
        @Nullable UUID bankReference,
        Details details,
        List<EntryKey> entries,
        Instant createdAt) {

    /** Which entry: the version-th of the account. */
    public record EntryKey(UUID accountId, long version) {}

    /** Whether it changed the books. */
    public boolean isPosted() {
        return rejection == null;
    }
}
