package digitalwallet.ledger.database;

import digitalwallet.ledger.Details;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.Transaction.EntryKey;
import digitalwallet.ledger.TransactionType;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Transactions with their details, as the read statements return them. */
public final class TransactionRows {

    /** The columns of a transaction t and its detail d, in the order that {@link #read} wants. */
    public static final String COLUMNS =
            """
            t.id, t.type, t.rejection_code, t.rejection_facts, t.user_id, t.to_user_id,
            t.amount, t.currency, t.initiated_by, t.authenticated_as, t.role, t.order_id,
            t.related_transaction_id, t.bank_reference, t.account_ids, t.versions,
            t.created_at, d.salt, d.content\
            """;

    /** Where these columns come from; t is the transaction, d its detail. */
    public static final String FROM =
            """
             FROM transaction t
            LEFT JOIN transaction_detail d ON d.transaction_id = t.id
            """;

    /** Ends where a WHERE belongs; t is the transaction, d its detail. */
    static final String SELECT = "SELECT " + COLUMNS + FROM;

    private static final Query BY_ID = new Query(SELECT + "WHERE t.id = ANY(?::uuid[])");

    private TransactionRows() {}

    /** Those of these transactions that are in the books. */
    public static Map<UUID, Transaction> byId(Connection connection, Collection<UUID> ids)
            throws SQLException {
        var transactions = new HashMap<UUID, Transaction>();
        BY_ID.list(
                        connection,
                        statement -> statement.setArray(1, Query.uuids(connection, ids)),
                        TransactionRows::read)
                .forEach(transaction -> transactions.put(transaction.id(), transaction));
        return transactions;
    }

    /** The transaction of a row of {@link #COLUMNS}. */
    public static Transaction read(ResultSet row) throws SQLException {
        return new Transaction(
                row.getObject(1, UUID.class),
                TransactionType.of(row.getShort(2)),
                rejection(row),
                row.getString(5),
                row.getString(6),
                amount(row),
                new Initiator(row.getString(9), row.getString(10), row.getString(11)),
                row.getString(12),
                row.getObject(13, UUID.class),
                row.getObject(14, UUID.class),
                details(row),
                entries(row),
                row.getObject(17, OffsetDateTime.class).toInstant());
    }

    private static @Nullable Rejection rejection(ResultSet row) throws SQLException {
        var code = row.getString(3);
        if (code == null) {
            return null;
        }
        var words = (String[]) row.getArray(4).getArray();
        return StoredRejection.of(code, words);
    }

    private static @Nullable Money amount(ResultSet row) throws SQLException {
        long minorUnits = row.getLong(7);
        return row.wasNull() ? null : new Money(minorUnits, CurrencyCode.of(row.getString(8)));
    }

    private static Details details(ResultSet row) throws SQLException {
        var salt = row.getObject(18, UUID.class);
        return salt == null ? Details.NONE : Details.decode(salt, row.getBytes(19));
    }

    private static List<EntryKey> entries(ResultSet row) throws SQLException {
        var ids = (UUID[]) row.getArray(15).getArray();
        var versions = (Long[]) row.getArray(16).getArray();
        var keys = new ArrayList<EntryKey>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            keys.add(new EntryKey(ids[i], versions[i]));
        }
        return List.copyOf(keys);
    }
}
