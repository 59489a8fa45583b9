package digitalwallet.ledger.reading;

import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of found transactions, newest id first.
 *
 * @param next where the next page begins; null on the last one. A page may be short, even empty,
 *     and not the last: a search without an index stops after a bounded number of transactions
 */
public record TransactionPage(List<Transaction> transactions, @Nullable UUID next) {

    /** Whether the command was done. */
    public enum Status {
        POSTED,
        REJECTED
    }

    /**
     * Which transactions; null leaves all of them.
     *
     * @param bankReference keyed digest of a bank transaction id
     * @param from inclusive
     * @param to exclusive
     */
    public record Filter(
            @Nullable String orderId,
            @Nullable UUID bankReference,
            @Nullable String initiatedBy,
            @Nullable TransactionType type,
            @Nullable Status status,
            @Nullable Instant from,
            @Nullable Instant to) {

        /** Everything. */
        public static final Filter ALL = new Filter(null, null, null, null, null, null, null);
    }
}
