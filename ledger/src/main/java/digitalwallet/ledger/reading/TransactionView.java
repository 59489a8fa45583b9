package digitalwallet.ledger.reading;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Entry;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Transaction;
import digitalwallet.money.Money;
import java.util.List;

/**
 * A transaction with what it changed.
 *
 * @param entries in the order in which the transaction names them; empty when it was rejected
 * @param refunding how it and refunds have to do with each other
 */
public record TransactionView(
        Transaction transaction, List<EntryView> entries, Refunding refunding) {

    /** What a purchase gave back, or where a refund came from. */
    public sealed interface Refunding {

        /**
         * A posted purchase.
         *
         * @param refunded what refunds drew on it
         * @param refundable what they still may take, as its order allows
         */
        record OfPurchase(Money refunded, Money refundable) implements Refunding {}

        /**
         * A posted refund.
         *
         * @param draws what it drew on, oldest first; empty when it matched no purchase
         */
        record OfRefund(List<Outcome.Draw> draws) implements Refunding {}

        /** Whatever is neither, or was rejected. */
        record None() implements Refunding {}
    }

    /**
     * One account's side.
     *
     * @param account whose it is; a system account has no owner, an anchor no currency
     */
    public record EntryView(AccountName account, Entry entry) {}
}
