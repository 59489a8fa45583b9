package digitalwallet.ledger.publishing;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Entry;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.Transaction.EntryKey;
import digitalwallet.ledger.database.BinaryArray;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.TransactionRows;
import digitalwallet.ledger.database.UuidOrder;
import digitalwallet.ledger.publishing.TouchedWallets.Touched;
import digitalwallet.ledger.publishing.UnpublishedBlocks.Block;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gets transactions by their blocks, with what they did to wallets: from memory where this instance
 * has just posted them, otherwise from the books, with one statement per range of blocks for the
 * transactions and one for all entries.
 */
final class JournalReader {

    private static final Query TRANSACTIONS =
            new Query(
                    "SELECT "
                            + TransactionRows.COLUMNS
                            + ", t.height"
                            + TransactionRows.FROM
                            + "WHERE t.lane = ? AND t.height BETWEEN ? AND ?");
    private static final String ENTRIES =
            """
            SELECT k.place, e.amount, e.balance_after, e.status, e.created_at
            FROM unnest(?::uuid[], ?::bigint[]) WITH ORDINALITY AS k (account_id, version, place)
            JOIN entry e ON e.account_id = k.account_id AND e.version = k.version\
            """;
    private static final int HEIGHT = 20;
    private static final Comparator<Touched> BY_KEY =
            Comparator.comparing((Touched each) -> each.wallet().id(), UuidOrder.OF_POSTGRESQL)
                    .thenComparingLong(Touched::version);

    private record Row(int lane, long height, Transaction transaction) {}

    /**
     * What blocks hold.
     *
     * @param transactions in no special order
     * @param readBack how many of them came from the books
     */
    record Content(List<JournalTransaction> transactions, int readBack) {}

    private final Connection connection;
    private final FreshBlocks fresh;
    private final TouchedWallets wallets;

    JournalReader(Connection connection, FreshBlocks fresh) {
        this.connection = connection;
        this.fresh = fresh;
        wallets = new TouchedWallets(connection);
    }

    /**
     * Reads blocks.
     *
     * @param blocks each lane's together and in ascending order
     */
    Content read(List<Block> blocks) throws SQLException {
        var rows = new ArrayList<Row>();
        var entries = new HashMap<EntryKey, Entry>();
        var unknown = new ArrayList<Block>();
        for (var block : blocks) {
            var kept = fresh.find(block);
            if (kept != null) {
                var posted = kept.block();
                posted.transactions()
                        .forEach(each -> rows.add(new Row(block.lane(), block.height(), each)));
                posted.entries()
                        .forEach(e -> entries.put(new EntryKey(e.accountId(), e.version()), e));
            } else if (block.transactions() > 0) {
                unknown.add(block);
            }
        }
        int remembered = rows.size();
        for (var range : BlockRange.of(unknown)) {
            rows.addAll(transactions(range));
        }
        return new Content(withChanges(rows, entries), rows.size() - remembered);
    }

    private List<JournalTransaction> withChanges(List<Row> rows, Map<EntryKey, Entry> entries)
            throws SQLException {
        var changes = changes(rows.stream().map(Row::transaction).toList(), entries);
        var transactions = new ArrayList<JournalTransaction>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            transactions.add(
                    new JournalTransaction(
                            row.lane, row.height, row.transaction, List.copyOf(changes.get(i))));
        }
        return transactions;
    }

    private List<Row> transactions(BlockRange range) throws SQLException {
        return TRANSACTIONS.list(
                connection,
                statement -> {
                    statement.setInt(1, range.lane());
                    statement.setLong(2, range.from());
                    statement.setLong(3, range.to());
                },
                row -> new Row(range.lane(), row.getLong(HEIGHT), TransactionRows.read(row)));
    }

    private List<List<WalletChange>> changes(
            List<Transaction> transactions, Map<EntryKey, Entry> entries) throws SQLException {
        var changes = new ArrayList<List<WalletChange>>(transactions.size());
        transactions.forEach(_ -> changes.add(new ArrayList<>(2)));
        var unknown = new ArrayList<Touched>();
        for (var each : wallets.of(transactions)) {
            var entry = entries.get(new EntryKey(each.wallet().id(), each.version()));
            if (entry == null) {
                unknown.add(each);
            } else {
                changes.get(each.transaction()).add(change(each, entry));
            }
        }
        if (!unknown.isEmpty()) {
            readChanges(unknown, changes);
        }
        return changes;
    }

    private void readChanges(List<Touched> touched, List<List<WalletChange>> changes)
            throws SQLException {
        // In the order of the index, whose pages are then visited one after the other.
        touched.sort(BY_KEY);
        try (var statement = connection.prepareStatement(ENTRIES)) {
            statement.setObject(
                    1,
                    BinaryArray.uuids(touched.stream().map(each -> each.wallet().id()).toList()));
            statement.setObject(
                    2, BinaryArray.int8s(touched.stream().mapToLong(Touched::version).toArray()));
            try (var entries = statement.executeQuery()) {
                while (entries.next()) {
                    var each = touched.get(Math.toIntExact(entries.getLong(1) - 1));
                    changes.get(each.transaction())
                            .add(
                                    change(
                                            each,
                                            entries.getLong(2),
                                            entries.getLong(3),
                                            AccountStatus.of(entries.getShort(4)),
                                            Query.instant(entries, 5)));
                }
            }
        }
    }

    private static WalletChange change(Touched touched, Entry entry) {
        return change(
                touched, entry.amount(), entry.balanceAfter(), entry.status(), entry.createdAt());
    }

    private static WalletChange change(
            Touched touched, long amount, long balanceAfter, AccountStatus status, Instant at) {
        var wallet = touched.wallet();
        CurrencyCode currency = Objects.requireNonNull(wallet.currency());
        return new WalletChange(
                wallet.id(),
                wallet.owner(),
                touched.version(),
                new Money(amount, currency),
                new Money(balanceAfter, currency),
                status,
                at);
    }
}
