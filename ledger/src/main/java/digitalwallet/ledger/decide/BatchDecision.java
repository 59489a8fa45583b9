package digitalwallet.ledger.decide;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.Entry;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.UnitOutcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rows a batch adds to the books, each list in the order of decision, and the answers.
 *
 * @param transactions their index is their position in the batch
 * @param states of the accounts that have entries, after the last of them
 * @param outcomes one per unit, in the order of the units; true only once the rows are committed
 */
public record BatchDecision(
        List<Transaction> transactions,
        List<Entry> entries,
        List<OpenedAccount> accounts,
        List<RefundShare> refunds,
        List<CreditedBankReference> bankReferences,
        List<UsedReference> usedReferences,
        List<PayoutEnd> payoutEnds,
        List<TakenKeyRow> keys,
        Map<UUID, AccountState> states,
        List<UnitOutcome> outcomes) {

    /** An account whose version 1 is among the entries. */
    public record OpenedAccount(AccountName name, UUID openingTransactionId) {}

    /**
     * One refund's share of one purchase.
     *
     * @param number gapless from 1 per purchase
     * @param refundedAfter of the purchase, all refunds up to this one, in minor units
     * @param purchaseAmount in minor units
     */
    public record RefundShare(
            UUID purchaseId,
            int number,
            UUID transactionId,
            long amount,
            long refundedAfter,
            long purchaseAmount) {}

    /** A bank transaction that must never be credited again. */
    public record CreditedBankReference(UUID reference, UUID transactionId) {}

    /** What a user was charged for, and must not be charged for again. */
    public record UsedReference(UUID reference, UUID transactionId) {}

    /** A payout and the settlement or reversal that ended it, for ever. */
    public record PayoutEnd(UUID payoutId, UUID transactionId) {}

    /** A key and the transaction that answers it. */
    public record TakenKeyRow(IdempotencyKey key, UUID transactionId) {}

    /** Whether there is nothing to write: only replays and reused keys. */
    public boolean isEmpty() {
        return transactions.isEmpty();
    }
}
