package digitalwallet.ledger.database;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Invariant;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts with their latest entry, as the load statements return them. */
public final class AccountRows {

    /** The statement goes through the table account, not through unnest: Citus refuses that. */
    private static final String ACCOUNT_AND_LATEST_ENTRY =
            """
            SELECT a.id, a.owner, a.kind, a.currency, a.stripe,
                   e.version, e.balance_after, e.floor, e.status, e.created_at
            FROM account a
            CROSS JOIN LATERAL (
                SELECT version, balance_after, floor, status, created_at FROM entry
                WHERE account_id = a.id ORDER BY version DESC LIMIT 1) e
            """;

    /** Takes a uuid[] of accounts. */
    public static final String BY_ID = ACCOUNT_AND_LATEST_ENTRY + "WHERE a.id = ANY(?::uuid[])";

    /** Takes a text[] of owners. */
    public static final String BY_OWNER =
            ACCOUNT_AND_LATEST_ENTRY + "WHERE a.owner = ANY(?::text[])";

    private AccountRows() {}

    /** The name whose owner, kind, currency and stripe begin at this column. */
    public static AccountName name(ResultSet row, int first) throws SQLException {
        return AccountName.stored(
                row.getString(first),
                row.getShort(first + 1),
                row.getString(first + 2),
                row.getInt(first + 3));
    }

    /**
     * The account's name in a row of either statement, derived anew from its parts.
     *
     * @throws IllegalStateException when the row's id is not that of the name
     */
    public static AccountName name(ResultSet row) throws SQLException {
        var name = name(row, 2);
        Invariant.check(
                name.id().equals(row.getObject(1, UUID.class)),
                "account ids are derived from names");
        return name;
    }

    /** Makes sure that the row is the account with this name: ids are only 128 bits of a hash. */
    public static void require(AccountName name, ResultSet row) throws SQLException {
        var currency = name.currency();
        boolean same =
                name.owner().equals(row.getString(2))
                        && name.kind().number() == row.getShort(3)
                        && name.stripe() == row.getInt(5)
                        && sameText(currency == null ? null : currency.code(), row.getString(4));
        Invariant.check(same, "an account's id belongs to one name");
    }

    /** The states of those of these accounts that exist. */
    public static Map<UUID, AccountState> load(Connection connection, Collection<UUID> ids)
            throws SQLException {
        var states = new HashMap<UUID, AccountState>();
        try (var statement = connection.prepareStatement(BY_ID)) {
            statement.setObject(1, BinaryArray.uuids(ids));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.put(rows.getObject(1, UUID.class), state(rows));
                }
            }
        }
        return states;
    }

    /** The account's state by its latest entry, in a row of either statement. */
    public static AccountState state(ResultSet row) throws SQLException {
        long floor = row.getLong(8);
        boolean withoutFloor = row.wasNull();
        return new AccountState(
                row.getLong(6),
                row.getLong(7),
                withoutFloor ? null : Long.valueOf(floor),
                AccountStatus.of(row.getShort(9)),
                row.getObject(10, OffsetDateTime.class).toInstant());
    }

    private static boolean sameText(@Nullable String a, @Nullable String b) {
        return a == null ? b == null : a.equals(b);
    }
}
