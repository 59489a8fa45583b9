package digitalwallet.ledger.publishing;

import digitalwallet.ledger.Transaction;
import java.util.List;

/**
 * A transaction as it stands in the journal.
 *
 * @param lane with the height, the block it is in
 * @param changes one for each wallet it touched; empty when it was rejected or touched none
 */
public record JournalTransaction(
        int lane, long height, Transaction transaction, List<WalletChange> changes) {

    Place place() {
        return new Place(lane, height);
    }
}
