package digitalwallet.ledger.posting;

import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.Entry;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.database.QueueProgress;
import digitalwallet.ledger.database.StoredRejection;
import digitalwallet.ledger.database.Table;
import digitalwallet.ledger.decide.BatchDecision.CreditedBankReference;
import digitalwallet.ledger.decide.BatchDecision.OpenedAccount;
import digitalwallet.ledger.decide.BatchDecision.PayoutEnd;
import digitalwallet.ledger.decide.BatchDecision.RefundShare;
import digitalwallet.ledger.decide.BatchDecision.TakenKeyRow;
import digitalwallet.ledger.decide.BatchDecision.UsedReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the books, field by field; the order of the fields is that of {@link Table}. */
final class LedgerRows {

    private LedgerRows() {}

    static void account(RowSink sink, OpenedAccount account) {
        var name = account.name();
        var currency = name.currency();
        sink.row(Table.ACCOUNT);
        sink.uuid(name.id());
        sink.text(name.owner());
        sink.int2(name.kind().number());
        sink.text(currency == null ? null : currency.code());
        sink.int4(name.stripe());
        sink.uuid(account.openingTransactionId());
    }

    static void transaction(
            RowSink sink,
            Transaction transaction,
            int lane,
            long height,
            int position,
            byte @Nullable [] keyDigests) {
        var rejection = transaction.rejection();
        var amount = transaction.amount();
        var initiator = transaction.initiator();
        sink.row(Table.TRANSACTION);
        sink.uuid(transaction.id());
        sink.int2(transaction.type().number());
        sink.text(rejection == null ? null : rejection.code());
        sink.texts(rejection == null ? null : StoredRejection.facts(rejection));
        sink.text(transaction.userId());
        sink.text(transaction.toUserId());
        sink.int8(amount == null ? null : Long.valueOf(amount.minorUnits()));
        sink.text(amount == null ? null : amount.currency().code());
        sink.text(initiator.initiatedBy());
        sink.text(initiator.authenticatedAs());
        sink.text(initiator.role());
        sink.text(transaction.orderId());
        sink.uuid(transaction.relatedTransactionId());
        sink.uuid(transaction.bankReference());
        sink.bytes(detailsDigest(transaction));
        entryKeys(sink, transaction.entries());
        sink.int4(lane);
        sink.int8(height);
        sink.int4(position);
        sink.time(transaction.createdAt());
        sink.bytes(keyDigests);
    }

    static void detail(RowSink sink, Transaction transaction) {
        sink.row(Table.DETAIL);
        sink.uuid(transaction.id());
        sink.uuid(transaction.details().salt());
        sink.bytes(transaction.details().encoded());
    }

    static void entry(RowSink sink, Entry entry) {
        sink.row(Table.ENTRY);
        sink.uuid(entry.accountId());
        sink.int8(entry.version());
        sink.uuid(entry.transactionId());
        sink.int8(entry.amount());
        sink.int8(entry.balanceAfter());
        sink.int8(entry.floor());
        sink.int2(entry.status().number());
        sink.time(entry.createdAt());
    }

    static void refund(RowSink sink, RefundShare refund) {
        sink.row(Table.REFUND);
        sink.uuid(refund.purchaseId());
        sink.int4(refund.number());
        sink.uuid(refund.transactionId());
        sink.int8(refund.amount());
        sink.int8(refund.refundedAfter());
        sink.int8(refund.purchaseAmount());
    }

    static void bankReference(RowSink sink, CreditedBankReference credited) {
        sink.row(Table.BANK_REFERENCE);
        sink.uuid(credited.reference());
        sink.uuid(credited.transactionId());
    }

    static void usedReference(RowSink sink, UsedReference used) {
        sink.row(Table.USED_REFERENCE);
        sink.uuid(used.reference());
        sink.uuid(used.transactionId());
    }

    static void payoutEnd(RowSink sink, PayoutEnd end) {
        sink.row(Table.PAYOUT_END);
        sink.uuid(end.payoutId());
        sink.uuid(end.transactionId());
    }

    static void distantId(RowSink sink, Transaction transaction) {
        sink.row(Table.DISTANT_ID);
        sink.uuid(transaction.id());
        sink.time(transaction.createdAt());
    }

    static void progress(RowSink sink, QueueProgress queue, BlockHead head, DigestKey key) {
        sink.row(Table.QUEUE_POSITION);
        sink.uuid(queue.topicId());
        sink.int4(queue.partition());
        sink.int8(queue.from());
        sink.int8(queue.to());
        sink.int4(head.lane());
        sink.int8(head.height());
        sink.uuid(queue.seal(key, head.hash()));
    }

    static void key(RowSink sink, TakenKeyRow taken, Instant createdAt) {
        sink.row(Table.KEY);
        sink.uuid(taken.key().id());
        sink.uuid(taken.key().fingerprint());
        sink.uuid(taken.transactionId());
        sink.time(createdAt);
    }

    private static byte @Nullable [] detailsDigest(Transaction transaction) {
        return transaction.details().isEmpty() ? null : transaction.details().digest();
    }

    private static void entryKeys(RowSink sink, List<Transaction.EntryKey> keys) {
        var ids = new ArrayList<UUID>(keys.size());
        var versions = new long[keys.size()];
        for (var key : keys) {
            versions[ids.size()] = key.version();
            ids.add(key.accountId());
        }
        sink.uuids(ids);
        sink.int8s(versions);
    }
}
