package digitalwallet.ledger.reading;

import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import digitalwallet.money.CurrencyCode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
     * A user whom a transaction is about.
     *
     * @param orReceiver whether to receive a transfer counts too
     */
    public record Party(String userId, boolean orReceiver) {

        /** Whoever of a transfer's two they are. */
        public static Party any(String userId) {
            return new Party(userId, true);
        }

        /** Not as the receiver of a transfer. */
        public static Party payer(String userId) {
            return new Party(userId, false);
        }
    }

    /**
     * Which transactions; null leaves all of them.
     *
     * @param party whose wallet it is about
     * @param types one of them; all when it is empty
     * @param bankReference keyed digest of a bank transaction id
     * @param from inclusive
     * @param to exclusive
     */
    public record Filter(
            @Nullable Party party,
            @Nullable String orderId,
            @Nullable UUID bankReference,
            @Nullable String initiatedBy,
            Set<TransactionType> types,
            @Nullable Status status,
            @Nullable CurrencyCode currency,
            @Nullable Instant from,
            @Nullable Instant to) {

        /** Everything. */
        public static final Filter ALL =
                new Filter(null, null, null, null, Set.of(), null, null, null, null);
    }
}
