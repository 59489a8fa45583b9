package digitalwallet.ledger.reading;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.database.AccountRows;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.ReadFailedException;
import digitalwallet.ledger.database.TransactionRows;
import digitalwallet.ledger.reading.HistoryPage.Filter;
import digitalwallet.ledger.reading.HistoryPage.Item;
import digitalwallet.ledger.reading.HistoryPage.Position;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A user's posted transactions, newest first. Every page descends the primary key of the entries
 * anew, so that the thousandth costs as much as the first.
 */
public final class HistoryReader {

    /** So many entries are looked at when a type is wanted, and then the page is what was found. */
    private static final int EXAMINED_MAX = 10_000;

    private static final int EXAMINED_AT_ONCE = 500;

    private static final Query ACCOUNTS_OF_USER =
            new Query(
                    """
                    SELECT owner, kind, currency, stripe FROM account WHERE owner = ?
                    ORDER BY currency\
                    """);
    private static final Query ENTRIES =
            new Query(
                    """
                    SELECT transaction_id, version, amount, balance_after, status, created_at
                    FROM entry WHERE account_id = ? AND version BETWEEN ? AND ?
                    ORDER BY version DESC LIMIT ?\
                    """);

    private static final Comparator<Row> NEWEST_FIRST =
            Comparator.comparing(Row::createdAt)
                    .reversed()
                    .thenComparing(row -> row.currency().code())
                    .thenComparing(Comparator.comparingLong(Row::version).reversed());

    private record Row(
            AccountName account,
            CurrencyCode currency,
            UUID transactionId,
            long version,
            long amount,
            long balanceAfter,
            AccountStatus status,
            Instant createdAt) {

        Position position() {
            return new Position(createdAt, currency, version);
        }

        Item item(Transaction transaction) {
            return new Item(
                    transaction,
                    new Money(amount, currency),
                    new Money(balanceAfter, currency),
                    version,
                    status,
                    createdAt);
        }
    }

    private final DataSource dataSource;

    /** Reads with connections of this pool, each for one call. */
    public HistoryReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * A page of a user's history; empty when there is no such user.
     *
     * @param after where the page before ended; null for the first
     * @param limit at least 1
     * @throws ReadFailedException when the database fails
     */
    public Optional<HistoryPage> history(
            String userId, Filter filter, @Nullable Position after, int limit) {
        return Query.inOneSnapshot(
                dataSource,
                connection -> {
                    var accounts = accounts(connection, userId);
                    if (accounts.isEmpty()) {
                        return Optional.empty();
                    }
                    accounts.removeIf(
                            account ->
                                    account.kind() != AccountKind.WALLET
                                            || (filter.currency() != null
                                                    && filter.currency() != account.currency()));
                    return Optional.of(page(connection, accounts, filter, after, limit));
                });
    }

    private static HistoryPage page(
            Connection connection,
            List<AccountName> accounts,
            Filter filter,
            @Nullable Position after,
            int limit)
            throws SQLException {
        int atOnce = filter.types().isEmpty() ? limit : Math.max(limit, EXAMINED_AT_ONCE);
        var items = new ArrayList<Item>(limit);
        var position = after;
        for (int examined = 0; examined < EXAMINED_MAX; examined += atOnce) {
            var rows = rows(connection, accounts, filter, position, atOnce + 1);
            boolean more = rows.size() > atOnce;
            var looked = more ? rows.subList(0, atOnce) : rows;
            var transactions =
                    TransactionRows.byId(
                            connection, looked.stream().map(Row::transactionId).toList());
            for (var row : looked) {
                position = row.position();
                var transaction = Objects.requireNonNull(transactions.get(row.transactionId()));
                boolean wanted =
                        filter.types().isEmpty() || filter.types().contains(transaction.type());
                if (wanted && isShownIn(row.account(), transaction, accounts)) {
                    items.add(row.item(transaction));
                }
                if (items.size() == limit) {
                    boolean last = !more && row.equals(looked.getLast());
                    return new HistoryPage(List.copyOf(items), last ? null : position);
                }
            }
            if (!more) {
                return new HistoryPage(List.copyOf(items), null);
            }
        }
        return new HistoryPage(List.copyOf(items), position);
    }

    /**
     * Whether a transaction is shown among these accounts' entries as its entry of this account: a
     * freeze has one in each of the user's wallets and is shown in the first.
     */
    private static boolean isShownIn(
            AccountName account, Transaction transaction, List<AccountName> accounts) {
        for (var candidate : accounts) {
            for (var key : transaction.entries()) {
                if (key.accountId().equals(candidate.id())) {
                    return candidate.equals(account);
                }
            }
        }
        return false;
    }

    /** The newest entries below a position, of all these accounts. */
    private static List<Row> rows(
            Connection connection,
            List<AccountName> accounts,
            Filter filter,
            @Nullable Position after,
            int limit)
            throws SQLException {
        var rows = new ArrayList<Row>();
        for (var account : accounts) {
            var currency = Objects.requireNonNull(account.currency());
            long lowest = lowest(connection, account, filter.from());
            long highest = highest(connection, account, currency, filter.to(), after);
            rows.addAll(
                    ENTRIES.list(
                            connection,
                            statement -> {
                                statement.setObject(1, account.id());
                                statement.setLong(2, lowest);
                                statement.setLong(3, highest);
                                statement.setInt(4, limit);
                            },
                            row ->
                                    new Row(
                                            account,
                                            currency,
                                            row.getObject(1, UUID.class),
                                            row.getLong(2),
                                            row.getLong(3),
                                            row.getLong(4),
                                            AccountStatus.of(row.getShort(5)),
                                            Query.instant(row, 6))));
        }
        rows.sort(NEWEST_FIRST);
        return rows.size() > limit ? rows.subList(0, limit) : rows;
    }

    private static long lowest(Connection connection, AccountName account, @Nullable Instant from)
            throws SQLException {
        return from == null
                ? 1
                : 1 + EntrySearch.versionAt(connection, account.id(), Query.before(from));
    }

    /** The version to begin with, from what is exclusive and what the page before ended with. */
    private static long highest(
            Connection connection,
            AccountName account,
            CurrencyCode currency,
            @Nullable Instant to,
            @Nullable Position after)
            throws SQLException {
        long highest = Long.MAX_VALUE;
        Instant latest = to == null ? null : Query.before(to);
        if (after != null && after.currency() == currency) {
            highest = after.version() - 1;
        } else if (after != null) {
            // At one time the currencies come in the order of their codes.
            boolean comesLater = currency.code().compareTo(after.currency().code()) > 0;
            var bound =
                    comesLater
                            ? Query.atOrBefore(after.createdAt())
                            : Query.before(after.createdAt());
            latest = latest == null || bound.isBefore(latest) ? bound : latest;
        }
        return latest == null
                ? highest
                : Math.min(highest, EntrySearch.versionAt(connection, account.id(), latest));
    }

    private static List<AccountName> accounts(Connection connection, String userId)
            throws SQLException {
        return ACCOUNTS_OF_USER.list(
                connection,
                statement -> statement.setString(1, userId),
                row -> AccountRows.name(row, 1));
    }
}
