package digitalwallet.ledger.publishing;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.database.BinaryArray;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.TransactionRows;
import digitalwallet.ledger.database.UuidOrder;
import digitalwallet.ledger.publishing.TouchedWallets.Touched;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads transactions by their blocks, with what they did to wallets: one statement per lane for the
 * transactions, one for all entries.
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

    private final Connection connection;
    private final TouchedWallets wallets;

    JournalReader(Connection connection) {
        this.connection = connection;
        wallets = new TouchedWallets(connection);
    }

    /** The transactions of the blocks above some heights and up to others, in no special order. */
    List<JournalTransaction> read(Map<Integer, Long> above, Map<Integer, Long> upTo)
            throws SQLException {
        var rows = new ArrayList<Row>();
        for (var end : upTo.entrySet()) {
            long from = above.getOrDefault(end.getKey(), 0L) + 1;
            if (from <= end.getValue()) {
                rows.addAll(transactions(end.getKey(), from, end.getValue()));
            }
        }
        var changes = changes(rows.stream().map(Row::transaction).toList());
        var transactions = new ArrayList<JournalTransaction>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            transactions.add(
                    new JournalTransaction(
                            row.lane, row.height, row.transaction, List.copyOf(changes.get(i))));
        }
        return transactions;
    }

    private List<Row> transactions(int lane, long from, long to) throws SQLException {
        return TRANSACTIONS.list(
                connection,
                statement -> {
                    statement.setInt(1, lane);
                    statement.setLong(2, from);
                    statement.setLong(3, to);
                },
                row -> new Row(lane, row.getLong(HEIGHT), TransactionRows.read(row)));
    }

    private List<List<WalletChange>> changes(List<Transaction> transactions) throws SQLException {
        var changes = new ArrayList<List<WalletChange>>(transactions.size());
        transactions.forEach(_ -> changes.add(new ArrayList<>(2)));
        // In the order of the index, whose pages are then visited one after the other.
        var touched = wallets.of(transactions);
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
                    changes.get(each.transaction()).add(change(each, entries));
                }
            }
        }
        return changes;
    }

    private static WalletChange change(Touched touched, ResultSet entry) throws SQLException {
        var wallet = touched.wallet();
        CurrencyCode currency = Objects.requireNonNull(wallet.currency());
        return new WalletChange(
                wallet.id(),
                wallet.owner(),
                touched.version(),
                new Money(entry.getLong(2), currency),
                new Money(entry.getLong(3), currency),
                AccountStatus.of(entry.getShort(4)),
                Query.instant(entry, 5));
    }
}
