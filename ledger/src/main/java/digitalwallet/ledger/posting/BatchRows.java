package digitalwallet.ledger.posting;

import digitalwallet.ledger.Digest;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.Entry;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.database.QueueProgress;
import digitalwallet.ledger.database.Table;
import digitalwallet.ledger.database.UuidOrder;
import digitalwallet.ledger.decide.BatchDecision;
import digitalwallet.ledger.decide.BatchDecision.OpenedAccount;
import digitalwallet.ledger.decide.BatchDecision.RefundShare;
import digitalwallet.ledger.decide.BatchDecision.TakenKeyRow;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A decided batch as rows, in position order, with the block that seals them.
 *
 * <p>The hash of a block is SHA-256 over the block's own row without the hash, then the rows of
 * account, transaction, entry and refund, each as {@link CopyRows} encodes it: see
 * docs/concepts/journal.md.
 */
final class BatchRows {

    /** The format of blocks and their hashes that this version writes. */
    static final int FORMAT = 1;

    private static final byte[] NO_DIGEST = {};

    private final BatchDecision decision;
    private final List<QueueProgress> progress;
    private final List<OpenedAccount> accounts;
    private final List<RefundShare> refunds;
    private final Map<UUID, byte[]> keyDigests;
    private final BlockHead previous;
    private final Instant createdAt;
    private final DigestKey key;
    private final CopyRows accountRows = new CopyRows(256);
    private final CopyRows transactionRows;
    private final CopyRows entryRows;
    private final CopyRows refundRows = new CopyRows(256);
    private final BlockHead head;

    /**
     * The rows of a batch.
     *
     * @param progress how far queues are processed with it
     * @param key seals that
     */
    BatchRows(
            BatchDecision decision,
            List<QueueProgress> progress,
            BlockHead previous,
            Instant createdAt,
            DigestKey key) {
        this.key = key;
        this.decision = decision;
        this.progress = progress;
        this.previous = previous;
        this.createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        var positions = positions(decision.transactions());
        keyDigests = keyDigests(decision.keys());
        accounts = inPositionOrder(decision.accounts(), positions);
        refunds = refundsInPositionOrder(decision.refunds(), positions);
        transactionRows = new CopyRows(512 * (1 + decision.transactions().size()));
        entryRows = new CopyRows(112 * (1 + decision.entries().size()));
        encode();
        head = new BlockHead(previous.lane(), previous.height() + 1, hash());
    }

    /** The block that will be the lane's last once this batch is committed. */
    BlockHead head() {
        return head;
    }

    /** When it was decided; nothing in it is dated before. */
    Instant createdAt() {
        return createdAt;
    }

    /** Gives every row, the block's first, to a sink that keeps them one by one. */
    void writeTo(RowSink sink) {
        writeBlock(sink);
        writeProgress(sink);
        accounts.forEach(account -> LedgerRows.account(sink, account));
        writeTransactions(sink);
        details(sink);
        decision.entries().forEach(entry -> LedgerRows.entry(sink, entry));
        refunds.forEach(refund -> LedgerRows.refund(sink, refund));
        keysAndReferences(sink, sink);
        usedReferences(sink);
        payoutEnds(sink);
        distantIds(sink);
    }

    /** How far queues are processed with this batch: no part of the journal, but bound to it. */
    void writeProgress(RowSink sink) {
        progress.forEach(queue -> LedgerRows.progress(sink, queue, head, key));
    }

    /** The block's own row, with its hash. */
    void writeBlock(RowSink sink) {
        sink.row(Table.BLOCK);
        blockWithoutHash(sink);
        sink.bytes(head.hash());
    }

    /** Gives each table's rows to COPY, sorted by their unique key so that index pages stay hot. */
    void eachTable(CopyStep step) throws SQLException {
        step.copy(Table.ACCOUNT, accountRows, order(accounts, a -> a.name().id()));
        step.copy(
                Table.TRANSACTION,
                transactionRows,
                order(decision.transactions(), Transaction::id));
        var details = new CopyRows(256);
        details(details);
        step.copy(Table.DETAIL, details, unsorted(details));
        step.copy(Table.ENTRY, entryRows, order(decision.entries(), Entry::accountId));
        step.copy(Table.REFUND, refundRows, unsorted(refundRows));
        var keys = new CopyRows(80 * (1 + decision.keys().size()));
        var references = new CopyRows(64);
        keysAndReferences(keys, references);
        step.copy(Table.BANK_REFERENCE, references, unsorted(references));
        var used = new CopyRows(64);
        usedReferences(used);
        step.copy(Table.USED_REFERENCE, used, unsorted(used));
        var ends = new CopyRows(64);
        payoutEnds(ends);
        step.copy(Table.PAYOUT_END, ends, unsorted(ends));
        var distant = new CopyRows(32);
        distantIds(distant);
        step.copy(Table.DISTANT_ID, distant, unsorted(distant));
        step.copy(Table.KEY, keys, order(decision.keys(), k -> k.key().id()));
    }

    /** What is done with the rows of one table. */
    interface CopyStep {
        void copy(Table table, CopyRows rows, int[] order) throws SQLException;
    }

    private void encode() {
        accounts.forEach(account -> LedgerRows.account(accountRows, account));
        writeTransactions(transactionRows);
        decision.entries().forEach(entry -> LedgerRows.entry(entryRows, entry));
        refunds.forEach(refund -> LedgerRows.refund(refundRows, refund));
    }

    private byte[] hash() {
        var header = new CopyRows(256);
        header.row(Table.BLOCK.width() - 1);
        blockWithoutHash(header);
        var sha256 = Digest.sha256();
        for (var rows : List.of(header, accountRows, transactionRows, entryRows, refundRows)) {
            rows.hashInto(sha256);
        }
        return sha256.digest();
    }

    private void blockWithoutHash(RowSink sink) {
        sink.int4(previous.lane());
        sink.int8(previous.height() + 1);
        sink.int2(FORMAT);
        sink.bytes(previous.hash());
        sink.int4(decision.transactions().size());
        sink.int4(decision.entries().size());
        sink.int4(accounts.size());
        sink.int4(refunds.size());
        BlockTotals.of(decision.transactions()).writeTo(sink);
        sink.time(createdAt);
    }

    private void writeTransactions(RowSink sink) {
        int position = 0;
        for (var transaction : decision.transactions()) {
            LedgerRows.transaction(
                    sink,
                    transaction,
                    previous.lane(),
                    previous.height() + 1,
                    position++,
                    keyDigests.get(transaction.id()));
        }
    }

    private void details(RowSink sink) {
        for (var transaction : decision.transactions()) {
            if (!transaction.details().isEmpty()) {
                LedgerRows.detail(sink, transaction);
            }
        }
    }

    private void keysAndReferences(RowSink keys, RowSink references) {
        decision.bankReferences().forEach(r -> LedgerRows.bankReference(references, r));
        decision.keys().forEach(key -> LedgerRows.key(keys, key, createdAt));
    }

    private void usedReferences(RowSink sink) {
        decision.usedReferences().forEach(used -> LedgerRows.usedReference(sink, used));
    }

    private void payoutEnds(RowSink sink) {
        decision.payoutEnds().forEach(end -> LedgerRows.payoutEnd(sink, end));
    }

    private void distantIds(RowSink sink) {
        for (var transaction : decision.transactions()) {
            if (transaction.isDistant()) {
                LedgerRows.distantId(sink, transaction);
            }
        }
    }

    /** One after the other where a transaction answers two keys: its own and its group's. */
    private static Map<UUID, byte[]> keyDigests(List<TakenKeyRow> keys) {
        var digests = new HashMap<UUID, byte[]>(2 * keys.size());
        for (var taken : keys) {
            var digest = taken.key().digest();
            var before = digests.getOrDefault(taken.transactionId(), NO_DIGEST);
            var all =
                    ByteBuffer.allocate(before.length + 2 * Long.BYTES)
                            .put(before)
                            .putLong(digest.getMostSignificantBits())
                            .putLong(digest.getLeastSignificantBits());
            digests.put(taken.transactionId(), all.array());
        }
        return digests;
    }

    private static Map<UUID, Integer> positions(List<Transaction> transactions) {
        var positions = new HashMap<UUID, Integer>(2 * transactions.size());
        for (var transaction : transactions) {
            positions.put(transaction.id(), positions.size());
        }
        return positions;
    }

    private static List<OpenedAccount> inPositionOrder(
            List<OpenedAccount> accounts, Map<UUID, Integer> positions) {
        return accounts.stream()
                .sorted(
                        Comparator.comparing(
                                        (OpenedAccount a) ->
                                                positions.getOrDefault(
                                                        a.openingTransactionId(), -1))
                                .thenComparing(a -> a.name().id(), UuidOrder.OF_POSTGRESQL))
                .toList();
    }

    private static List<RefundShare> refundsInPositionOrder(
            List<RefundShare> refunds, Map<UUID, Integer> positions) {
        return refunds.stream()
                .sorted(
                        Comparator.comparing(
                                        (RefundShare r) ->
                                                positions.getOrDefault(r.transactionId(), -1))
                                .thenComparing(RefundShare::purchaseId, UuidOrder.OF_POSTGRESQL)
                                .thenComparingInt(RefundShare::number))
                .toList();
    }

    /**
     * The rows by the first 32 bits of their key, and as they came where those are equal: near
     * enough for the index, and a sort of plain numbers.
     */
    private static <T> int[] order(List<T> rows, Function<T, UUID> key) {
        var packed = new long[rows.size()];
        for (int i = 0; i < packed.length; i++) {
            long first32Bits = key.apply(rows.get(i)).getMostSignificantBits() & ~0xFFFF_FFFFL;
            packed[i] = (first32Bits ^ Long.MIN_VALUE) | i;
        }
        Arrays.sort(packed);
        return Arrays.stream(packed).mapToInt(number -> (int) number).toArray();
    }

    private static int[] unsorted(CopyRows rows) {
        var numbers = new int[rows.count()];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }
}
