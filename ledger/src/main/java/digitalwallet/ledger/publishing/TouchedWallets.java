package digitalwallet.ledger.publishing;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.Transaction.EntryKey;
import digitalwallet.ledger.database.AccountRows;
import digitalwallet.ledger.database.BinaryArray;
import digitalwallet.ledger.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which of the accounts that transactions name are wallets, and whose. An account's id is derived
 * from its name, so that the wallets of those whose money moves are known by their ids; the
 * database is asked only for others, and once for each of the system's accounts.
 */
final class TouchedWallets {

    private static final int REMEMBERED_MAX = 100_000;

    private static final Query ACCOUNTS =
            new Query(
                    """
                    SELECT id, owner, kind, currency, stripe FROM account
                    WHERE id = ANY(?::uuid[])\
                    """);

    /**
     * A wallet and its version.
     *
     * @param transaction the place of the transaction in the list
     */
    record Touched(int transaction, AccountName wallet, long version) {}

    private record Named(int transaction, EntryKey entry, @Nullable AccountName wallet) {}

    private final Connection connection;
    private final Set<UUID> systemAccounts = new HashSet<>();

    TouchedWallets(Connection connection) {
        this.connection = connection;
    }

    /** All that these transactions touched, in their order. */
    List<Touched> of(List<Transaction> transactions) throws SQLException {
        var named = new ArrayList<Named>(2 * transactions.size());
        var unknown = new HashSet<UUID>();
        for (int i = 0; i < transactions.size(); i++) {
            var transaction = transactions.get(i);
            var from = wallet(transaction, transaction.userId());
            var to = wallet(transaction, transaction.toUserId());
            for (var entry : transaction.entries()) {
                var wallet = isOf(from, entry) ? from : isOf(to, entry) ? to : null;
                if (wallet != null) {
                    named.add(new Named(i, entry, wallet));
                } else if (!systemAccounts.contains(entry.accountId())) {
                    named.add(new Named(i, entry, null));
                    unknown.add(entry.accountId());
                }
            }
        }
        var asked = unknown.isEmpty() ? Map.<UUID, AccountName>of() : ask(unknown);
        var touched = new ArrayList<Touched>(named.size());
        for (var each : named) {
            var wallet = each.wallet == null ? asked.get(each.entry.accountId()) : each.wallet;
            if (wallet != null) {
                touched.add(new Touched(each.transaction, wallet, each.entry.version()));
            }
        }
        return touched;
    }

    private static @Nullable AccountName wallet(Transaction transaction, @Nullable String userId) {
        var amount = transaction.amount();
        return userId == null || amount == null || transaction.entries().isEmpty()
                ? null
                : AccountName.wallet(userId, amount.currency());
    }

    private static boolean isOf(@Nullable AccountName wallet, EntryKey entry) {
        return wallet != null && wallet.id().equals(entry.accountId());
    }

    private Map<UUID, AccountName> ask(Set<UUID> ids) throws SQLException {
        if (systemAccounts.size() > REMEMBERED_MAX) {
            systemAccounts.clear();
        }
        var accounts =
                ACCOUNTS.list(
                        connection,
                        statement -> statement.setObject(1, BinaryArray.uuids(ids)),
                        row -> AccountRows.name(row, 2));
        var wallets = new HashMap<UUID, AccountName>();
        for (var account : accounts) {
            if (account.kind() == AccountKind.WALLET) {
                wallets.put(account.id(), account);
            } else if (account.owner().isEmpty()) {
                systemAccounts.add(account.id());
            }
        }
        return wallets;
    }
}
