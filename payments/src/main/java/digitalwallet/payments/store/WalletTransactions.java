package digitalwallet.payments.store;

import static digitalwallet.payments.store.Database.utc;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What the wallet said about payments, and how far its events have been read. */
public final class WalletTransactions {

    private static final String INSERT =
            """
            INSERT INTO payments.wallet_transaction
              (id, type, status, payment_id, user_id, amount, currency, bank_transaction_id,
               rejection, created_at)
            VALUES (:id, :type, :status, :paymentId, :userId, :amount, :currency, :reference,
                    :rejection, :createdAt)
            ON CONFLICT (id) DO UPDATE SET status = EXCLUDED.status, rejection = EXCLUDED.rejection,
              payment_id = coalesce(EXCLUDED.payment_id, wallet_transaction.payment_id)
            WHERE wallet_transaction.status <> EXCLUDED.status
            """;

    private static final String IS_REFUSED =
            """
            SELECT EXISTS (SELECT 1 FROM payments.wallet_transaction
                           WHERE id = ? AND status = 'rejected')
            """;

    private static final String PAYMENTS_OF =
            """
            SELECT event_id, id FROM payments.payment WHERE event_id = ANY (?)
            """;

    private static final String POSITIONS =
            """
            SELECT partition, next_offset FROM payments.wallet_position WHERE topic_id = ?
            """;

    private static final String BEGIN_POSITION =
            """
            INSERT INTO payments.wallet_position (topic_id, partition, next_offset)
            VALUES (?, ?, ?) ON CONFLICT (topic_id, partition) DO NOTHING
            """;

    private static final String ADVANCE =
            """
            UPDATE payments.wallet_position SET next_offset = ?
            WHERE topic_id = ? AND partition = ? AND next_offset = ?
            """;

    private final Database database;

    /** In this database. */
    public WalletTransactions(Database database) {
        this.database = database;
    }

    /**
     * Remembers it; false when it is known already. A wallet that was restored may decide anew and
     * otherwise: then the last word counts.
     */
    public boolean hear(WalletTransaction t) {
        return database.sql()
                        .sql(INSERT)
                        .param("id", t.id())
                        .param("type", t.type())
                        .param("status", t.rejection() == null ? "posted" : "rejected")
                        .param("paymentId", t.paymentId())
                        .param("userId", t.userId())
                        .param("amount", t.amount().minorUnits())
                        .param("currency", t.amount().currency().code())
                        .param("reference", t.bankTransactionId())
                        .param("rejection", t.rejection())
                        .param("createdAt", utc(t.createdAt()))
                        .update()
                == 1;
    }

    /** Whether the wallet's last word on this transaction is no. */
    public boolean isRefused(UUID id) {
        return database.sql().sql(IS_REFUSED).param(id).query(Boolean.class).single();
    }

    /** The payments that caused these transactions, by transaction. */
    public Map<UUID, UUID> paymentsOf(Collection<UUID> transactionIds) {
        var payments = new HashMap<UUID, UUID>();
        database.sql()
                .sql(PAYMENTS_OF)
                .param(transactionIds.toArray(UUID[]::new))
                .query(
                        row -> {
                            payments.put(
                                    row.getObject("event_id", UUID.class),
                                    row.getObject("id", UUID.class));
                        });
        return payments;
    }

    /** Where to go on reading, by partition; partitions never read are not in it. */
    public Map<Integer, Long> positions(String topicId) {
        var positions = new HashMap<Integer, Long>();
        database.sql()
                .sql(POSITIONS)
                .param(topicId)
                .query(
                        row -> {
                            positions.put(row.getInt("partition"), row.getLong("next_offset"));
                        });
        return positions;
    }

    /** Begins to read a partition at that offset, unless it was begun before. */
    public void begin(String topicId, int partition, long offset) {
        database.sql().sql(BEGIN_POSITION).params(topicId, partition, offset).update();
    }

    /** Goes on from one offset to another; false when somebody else has gone on from there. */
    public boolean advance(String topicId, int partition, long from, long to) {
        return database.sql().sql(ADVANCE).params(to, topicId, partition, from).update() == 1;
    }
}
