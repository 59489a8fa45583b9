package digitalwallet.ledger.reading;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Entry;
import digitalwallet.ledger.Transaction;
import java.util.List;

/**
 * A transaction with what it changed.
 *
 * @param entries in the order in which the transaction names them; empty when it was rejected
 */
public record TransactionView(Transaction transaction, List<EntryView> entries) {

    /**
     * One account's side.
     *
     * @param account whose it is; a system account has no owner, an anchor no currency
     */
    public record EntryView(AccountName account, Entry entry) {}
}
