package digitalwallet.server.events;

import digitalwallet.ledger.Details;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.publishing.WalletChange;
import digitalwallet.messages.Notes;
import digitalwallet.messages.Parties;
import digitalwallet.messages.PayoutTarget;
import digitalwallet.messages.References;
import digitalwallet.messages.WalletEvent;
import digitalwallet.messages.WalletEvent.Status;
import digitalwallet.money.Money;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What events say: transactions in the words of messages, with amounts in major units. */
final class EventContent {

    private EventContent() {}

    static WalletEvent.Transaction of(Transaction transaction) {
        var amount = transaction.amount();
        return new WalletEvent.Transaction(
                transaction.id(),
                transaction.type().word(),
                transaction.isPosted() ? Status.POSTED : Status.REJECTED,
                amount == null ? null : amount.toDecimal(),
                amount == null ? null : amount.currency().code(),
                parties(transaction),
                transaction.initiator().initiatedBy(),
                references(transaction),
                notes(transaction.details()),
                payout(transaction.details()),
                transaction.createdAt(),
                rejection(transaction.rejection()));
    }

    static WalletEvent.Wallet of(WalletChange change) {
        return new WalletEvent.Wallet(
                change.userId(),
                change.amount().currency().code(),
                change.version(),
                change.amount().toDecimal(),
                change.balanceAfter().toDecimal(),
                change.status().word());
    }

    private static Parties parties(Transaction transaction) {
        var to = transaction.toUserId();
        return to == null
                ? new Parties.One(transaction.userId())
                : new Parties.Two(transaction.userId(), to);
    }

    private static References references(Transaction transaction) {
        boolean refund = transaction.type() == TransactionType.REFUND;
        return new References(
                refund ? null : transaction.orderId(),
                refund ? transaction.orderId() : null,
                transaction.relatedTransactionId(),
                transaction.details().bankTransactionId());
    }

    private static Notes notes(Details details) {
        return details.isEmpty()
                ? Notes.NONE
                : new Notes(details.description(), details.reason(), details.metadata());
    }

    private static @Nullable PayoutTarget payout(Details details) {
        var target = details.payout();
        return target == null ? null : new PayoutTarget(target.method(), target.destination());
    }

    private static WalletEvent.@Nullable Rejection rejection(@Nullable Rejection rejection) {
        if (rejection == null) {
            return null;
        }
        return new WalletEvent.Rejection(
                rejection.code(), new TreeMap<>(rejection.facts().texts(Money::toDecimal)));
    }
}
