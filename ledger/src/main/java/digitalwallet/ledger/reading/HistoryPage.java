package digitalwallet.ledger.reading;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of a wallet's history.
 *
 * @param next where the next page begins; null on the last one. A page may be short, even empty,
 *     and not the last: looking for a rare type stops after a bounded number of entries
 */
public record HistoryPage(List<Item> items, @Nullable Position next) {

    /**
     * What one posted transaction did to the user's wallet in one currency. A freeze, its end or a
     * closing concerns every wallet of the user: it is one item in the history of each currency,
     * and in the history of all of them it is one, that of the first currency by code.
     *
     * @param amount signed, as it changed this wallet
     * @param version of the wallet's account
     * @param status of the wallet afterwards
     * @param createdAt the entry's time: never before that of the item below it in this currency
     */
    public record Item(
            Transaction transaction,
            Money amount,
            Money balanceAfter,
            long version,
            AccountStatus status,
            Instant createdAt) {

        /** The other user of a transfer; null for everything else. */
        public @Nullable String counterparty() {
            var receiver = transaction.toUserId();
            if (receiver == null) {
                return null;
            }
            return amount.minorUnits() < 0 ? receiver : transaction.userId();
        }
    }

    /** The item a page ended with; the next one begins below it. */
    public record Position(Instant createdAt, CurrencyCode currency, long version) {}

    /**
     * Which items; null leaves all of them.
     *
     * @param types one of them; all when it is empty
     * @param from inclusive
     * @param to exclusive
     */
    public record Filter(
            Set<TransactionType> types,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable CurrencyCode currency) {

        /** Everything. */
        public static final Filter ALL = new Filter(Set.of(), null, null, null);
    }
}
