package digitalwallet.ledger.reading;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.database.AccountRows;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.ReadFailedException;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What users have, now or earlier. */
public final class WalletReader {

    private static final Query ACCOUNTS_OF_USER =
            new Query(AccountRows.BY_OWNER + " ORDER BY a.currency");
    private static final Query OPENED_AT =
            new Query("SELECT created_at FROM entry WHERE account_id = ? AND version = 1");
    private static final Query ACCOUNT = new Query(AccountRows.BY_ID);
    private static final Query ENTRY =
            new Query(
                    """
                    SELECT balance_after, created_at FROM entry
                    WHERE account_id = ? AND version = ?\
                    """);

    private final DataSource dataSource;

    /** Reads with connections of this pool, each for one call. */
    public WalletReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * A user's balances in all currencies and their status, in one snapshot; empty for a user
     * without a wallet.
     *
     * @throws ReadFailedException when the database fails
     */
    public Optional<Wallet> wallet(String userId) {
        return Query.on(dataSource, connection -> wallet(connection, userId));
    }

    /**
     * A balance, now or at a time. Before the wallet was opened it is zero at version 0; empty when
     * there is no wallet in this currency to this day.
     *
     * @param at null for now
     * @throws ReadFailedException when the database fails
     */
    public Optional<BalanceAt> balance(String userId, CurrencyCode currency, @Nullable Instant at) {
        var account = AccountName.wallet(userId, currency);
        return Query.on(
                dataSource,
                connection -> {
                    var latest = latest(connection, account);
                    return at == null || latest.isEmpty()
                            ? latest.map(state -> balance(currency, state))
                            : Optional.of(earlier(connection, account, currency, at));
                });
    }

    /**
     * Whether the wallet has an entry of this time or later: then none can come before it.
     *
     * @throws ReadFailedException when the database fails
     */
    public boolean isOver(String userId, CurrencyCode currency, Instant at) {
        var account = AccountName.wallet(userId, currency);
        return Query.on(dataSource, connection -> latest(connection, account))
                .map(AccountState::changedAt)
                .filter(changed -> !Query.atOrBefore(at).isAfter(changed))
                .isPresent();
    }

    private static Optional<Wallet> wallet(Connection connection, String userId)
            throws SQLException {
        record Account(AccountName name, AccountState state) {}
        var accounts =
                ACCOUNTS_OF_USER.list(
                        connection,
                        statement ->
                                statement.setArray(
                                        1, connection.createArrayOf("text", new String[] {userId})),
                        row -> new Account(AccountRows.name(row), AccountRows.state(row)));
        List<Outcome.Balance> balances = new ArrayList<>();
        AccountState anchor = null;
        for (var account : accounts) {
            var currency = account.name().currency();
            if (account.name().kind() == AccountKind.ANCHOR) {
                anchor = account.state();
            } else if (currency != null) {
                var amount = new Money(account.state().balance(), currency);
                balances.add(new Outcome.Balance(amount, account.state().version()));
            }
        }
        if (anchor == null) {
            return Optional.empty();
        }
        var openedAt = openedAt(connection, userId);
        return Optional.of(new Wallet(userId, anchor.status(), openedAt, List.copyOf(balances)));
    }

    private static Instant openedAt(Connection connection, String userId) throws SQLException {
        return OPENED_AT
                .first(
                        connection,
                        statement -> statement.setObject(1, AccountName.anchor(userId).id()),
                        row -> Query.instant(row, 1))
                .orElseThrow(() -> new SQLException("an anchor has no first entry"));
    }

    private static Optional<AccountState> latest(Connection connection, AccountName account)
            throws SQLException {
        return ACCOUNT.first(
                connection,
                statement -> statement.setArray(1, Query.uuids(connection, List.of(account.id()))),
                row -> {
                    AccountRows.require(account, row);
                    return AccountRows.state(row);
                });
    }

    private static BalanceAt earlier(
            Connection connection, AccountName account, CurrencyCode currency, Instant at)
            throws SQLException {
        long version = EntrySearch.versionAt(connection, account.id(), Query.atOrBefore(at));
        return ENTRY.first(
                        connection,
                        statement -> {
                            statement.setObject(1, account.id());
                            statement.setLong(2, version);
                        },
                        row ->
                                new BalanceAt(
                                        new Money(row.getLong(1), currency),
                                        version,
                                        Query.instant(row, 2)))
                .orElse(new BalanceAt(Money.zero(currency), 0, null));
    }

    private static BalanceAt balance(CurrencyCode currency, AccountState state) {
        return new BalanceAt(
                new Money(state.balance(), currency), state.version(), state.changedAt());
    }
}
