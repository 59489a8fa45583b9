package digitalwallet.payments.store;

import static digitalwallet.payments.store.Database.utc;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where payments and the ledger's transactions do not agree. */
public final class Differences {

    private static final String LEDGER =
            """
            SELECT code, payment_id, transaction_id, user_id FROM (
              SELECT 'succeeded_without_deposit' AS code, p.id AS payment_id,
                     p.event_id AS transaction_id, p.user_id, p.changed_at AS at
              FROM payments.payment p
              WHERE p.kind = 'top-up' AND p.state = 'succeeded'
              UNION ALL
              SELECT 'settled_without_transaction', p.id, p.event_id, p.user_id, p.changed_at
              FROM payments.payment p
              WHERE p.state IN ('settled', 'returned')
                AND NOT EXISTS (SELECT 1 FROM payments.wallet_transaction t
                                WHERE t.id = p.event_id AND t.status = 'posted')
              UNION ALL
              SELECT 'payout_in_transit', p.id, p.event_id, p.user_id, p.created_at
              FROM payments.payment p
              WHERE p.kind = 'payout' AND p.state IN ('pending', 'succeeded', 'failed')
              UNION ALL
              SELECT 'top_up_pending', p.id, p.event_id, p.user_id, p.created_at
              FROM payments.payment p
              WHERE p.kind = 'top-up' AND p.state = 'pending'
              UNION ALL
              SELECT 'refund_outstanding', p.id, p.event_id, p.user_id, p.changed_at
              FROM payments.payment p
              WHERE p.state = 'refunding'
              UNION ALL
              SELECT 'refused_by_the_wallet', p.id, t.id, p.user_id, t.created_at
              FROM payments.wallet_transaction t JOIN payments.payment p ON p.id = t.payment_id
              WHERE t.status = 'rejected' AND p.state NOT IN ('refunding', 'refunded')
              UNION ALL
              SELECT 'amounts_differ', p.id, t.id, p.user_id, t.created_at
              FROM payments.wallet_transaction t JOIN payments.payment p ON p.id = t.payment_id
              WHERE t.amount <> p.amount OR t.currency <> p.currency OR t.user_id <> p.user_id
              UNION ALL
              SELECT t.type || '_without_payment', t.payment_id, t.id, t.user_id, t.created_at
              FROM payments.wallet_transaction t
              WHERE NOT EXISTS (SELECT 1 FROM payments.payment p WHERE p.id = t.payment_id)
            ) AS difference
            WHERE at < :before
            ORDER BY at DESC, transaction_id LIMIT :max
            """;

    private static final String TO_ASK =
            """
            SELECT id, kind, state, user_id, amount, currency, method, destination, initiated_by,
                   authenticated_as, provider_reference, failure, event_id, attempts,
                   next_action_at, created_at, changed_at
            FROM payments.payment
            WHERE changed_at >= :from AND changed_at < :before
               OR state IN ('pending', 'refunding') AND changed_at < :before
            ORDER BY changed_at DESC LIMIT :max
            """;

    private final Database database;

    /** In this database. */
    public Differences(Database database) {
        this.database = database;
    }

    /**
     * One of them.
     *
     * @param code its name
     */
    public record Difference(
            String code, @Nullable UUID paymentId, @Nullable UUID transactionId, String userId) {}

    /** Differences from the ledger that are older than that time, newest first. */
    public List<Difference> ofLedger(Instant before, int max) {
        return database.sql()
                .sql(LEDGER)
                .param("before", utc(before))
                .param("max", max)
                .query(
                        (row, _) ->
                                new Difference(
                                        row.getString("code"),
                                        row.getObject("payment_id", UUID.class),
                                        row.getObject("transaction_id", UUID.class),
                                        row.getString("user_id")))
                .list();
    }

    /** The payments that the provider is asked about: those changed since, and all on their way. */
    public List<Payment> toAsk(Instant from, Instant before, int max) {
        return database.sql()
                .sql(TO_ASK)
                .param("from", utc(from))
                .param("before", utc(before))
                .param("max", max)
                .query(Payments::payment)
                .list();
    }
}
