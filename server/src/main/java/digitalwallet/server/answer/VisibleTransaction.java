package digitalwallet.server.answer;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.permission.Grant;
import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.reading.TransactionView;
import digitalwallet.ledger.reading.TransactionView.EntryView;
import digitalwallet.ledger.reading.TransactionView.Refunding;
import digitalwallet.money.Money;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * As much of a transaction as a caller may see. Users see only their own side: they never see the
 * other user's balance, or what employees and services noted for themselves.
 */
public final class VisibleTransaction {

    private final Transaction transaction;
    private final List<EntryView> entries;
    private final Refunding refunding;
    private final boolean withInitiator;

    private VisibleTransaction(
            Transaction transaction,
            List<EntryView> entries,
            Refunding refunding,
            boolean withInitiator) {
        this.transaction = transaction;
        this.entries = entries;
        this.refunding = refunding;
        this.withInitiator = withInitiator;
    }

    /** Empty when the transaction does not exist as far as the caller is concerned. */
    public static Optional<VisibleTransaction> of(TransactionView view, Grant grant) {
        var transaction = view.transaction();
        if (!grant.seesOwnSideOnly()) {
            return Optional.of(
                    new VisibleTransaction(transaction, view.entries(), view.refunding(), true));
        }
        boolean sends = grant.seesWalletOf(transaction.userId());
        var receiver = transaction.toUserId();
        boolean receives = receiver != null && grant.seesWalletOf(receiver);
        // A rejected transfer never reached its receiver, and only the sender may know why it was
        // rejected.
        if (!sends && !(receives && transaction.isPosted())) {
            return Optional.empty();
        }
        var own =
                view.entries().stream()
                        .filter(side -> grant.seesWalletOf(side.account().owner()))
                        .toList();
        return Optional.of(
                new VisibleTransaction(shown(transaction, grant), own, view.refunding(), false));
    }

    /** What this caller is shown of a transaction: of others' commands, users see no notes. */
    static Transaction shown(Transaction transaction, Grant grant) {
        boolean author = transaction.initiator().authenticatedAs().equals(grant.caller().id());
        return author || !grant.seesOwnSideOnly() ? transaction : withoutNotes(transaction);
    }

    private static Transaction withoutNotes(Transaction t) {
        var details = t.details();
        return new Transaction(
                t.id(),
                t.type(),
                t.rejection(),
                t.userId(),
                t.toUserId(),
                t.amount(),
                t.initiator(),
                t.orderId(),
                t.relatedTransactionId(),
                t.bankReference(),
                new Details(
                        details.salt(),
                        details.bankTransactionId(),
                        details.description(),
                        null,
                        new TreeMap<>(),
                        details.payout()),
                t.entries(),
                t.createdAt());
    }

    /** The answer for the caller who asked for it. */
    public Answer answer() {
        return Answer.ok(this::write);
    }

    private void write(JsonGenerator json) {
        json.writeStartObject();
        TransactionJson.writeFields(json, transaction);
        if (withInitiator) {
            TransactionJson.writeInitiator(json, transaction);
        }
        TransactionJson.writeRejection(json, transaction);
        switch (refunding) {
            case Refunding.OfPurchase(var refunded, var refundable) -> {
                json.writeStringProperty("refunded", refunded.toDecimal());
                json.writeStringProperty("refundable", refundable.toDecimal());
            }
            case Refunding.OfRefund(var draws) -> TransactionJson.writeDraws(json, draws);
            case Refunding.None _ -> {}
        }
        json.writeArrayPropertyStart("entries");
        entries.forEach(side -> writeEntry(json, side));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeEntry(JsonGenerator json, EntryView side) {
        var account = side.account();
        var entry = side.entry();
        json.writeStartObject();
        json.writeStringProperty("account", account.kind().name().toLowerCase(Locale.ROOT));
        if (account.kind() == AccountKind.ANCHOR || account.kind() == AccountKind.WALLET) {
            json.writeStringProperty("user_id", account.owner());
        }
        var currency = account.currency();
        if (currency != null) {
            TransactionJson.writeMoney(json, new Money(entry.amount(), currency));
            json.writeStringProperty(
                    "balance_after", new Money(entry.balanceAfter(), currency).toDecimal());
        }
        json.writeNumberProperty("version", entry.version());
        json.writeStringProperty("account_status", entry.status().word());
        json.writeEndObject();
    }
}
