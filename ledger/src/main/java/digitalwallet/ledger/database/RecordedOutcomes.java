package digitalwallet.ledger.database;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.Transaction.EntryKey;
import digitalwallet.money.Money;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first answers to commands, rebuilt from the books. */
public final class RecordedOutcomes {

    private static final String BALANCES =
            """
            SELECT e.account_id, e.version, e.balance_after
            FROM unnest(?::uuid[], ?::bigint[]) AS k (account_id, version)
            JOIN entry e ON e.account_id = k.account_id AND e.version = k.version\
            """;

    private RecordedOutcomes() {}

    /** By id, the outcome of each of these transactions that is in the books, replayed. */
    public static Map<UUID, Outcome.Recorded> load(Connection connection, Collection<UUID> ids)
            throws SQLException {
        var transactions = TransactionRows.byId(connection, ids).values();
        var balances = balances(connection, transactions);
        var draws = RefundRows.draws(connection, transactions);
        var outcomes = new HashMap<UUID, Outcome.Recorded>();
        for (var transaction : transactions) {
            outcomes.put(transaction.id(), outcome(transaction, balances, draws));
        }
        return outcomes;
    }

    private static Outcome.Recorded outcome(
            Transaction transaction,
            Map<EntryKey, Long> balances,
            Map<UUID, List<Outcome.Draw>> draws) {
        if (!transaction.isPosted()) {
            return new Outcome.Rejected(transaction, true);
        }
        var key = walletEntry(transaction);
        var amount = transaction.amount();
        var balance = key == null ? null : balances.get(key);
        return new Outcome.Posted(
                transaction,
                key == null || amount == null || balance == null
                        ? null
                        : new Outcome.Balance(new Money(balance, amount.currency()), key.version()),
                draws.getOrDefault(transaction.id(), List.of()),
                true);
    }

    /**
     * The entry of the wallet of the user whose money moved; null where no currency is concerned.
     */
    private static @Nullable EntryKey walletEntry(Transaction transaction) {
        var amount = transaction.amount();
        if (amount == null) {
            return null;
        }
        var wallet = AccountName.wallet(transaction.userId(), amount.currency()).id();
        for (var key : transaction.entries()) {
            if (key.accountId().equals(wallet)) {
                return key;
            }
        }
        return null;
    }

    private static Map<EntryKey, Long> balances(
            Connection connection, Collection<Transaction> transactions) throws SQLException {
        var accountIds = new ArrayList<UUID>();
        var versions = new ArrayList<Long>();
        for (var transaction : transactions) {
            var key = walletEntry(transaction);
            if (key != null) {
                accountIds.add(key.accountId());
                versions.add(key.version());
            }
        }
        var balances = new HashMap<EntryKey, Long>();
        try (var statement = connection.prepareStatement(BALANCES)) {
            statement.setArray(1, connection.createArrayOf("uuid", accountIds.toArray()));
            statement.setArray(2, connection.createArrayOf("bigint", versions.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    balances.put(
                            new EntryKey(rows.getObject(1, UUID.class), rows.getLong(2)),
                            rows.getLong(3));
                }
            }
        }
        return balances;
    }
}
