package digitalwallet.payments.store;

import static digitalwallet.payments.store.Database.utc;

import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where payments and the ledger's transactions do not agree. */
public final class Differences {

    private static final String LEDGER =
            """
            SELECT code, payment_id, transaction_id, user_id, amount, currency FROM (
              SELECT 'succeeded_without_deposit' AS code, p.id AS payment_id,
                     p.event_id AS transaction_id, p.user_id, p.amount, p.currency,
                     p.changed_at AS at
              FROM payments.payment p
              WHERE p.kind = 'top-up' AND p.state = 'succeeded'
              UNION ALL
              SELECT 'settled_without_transaction', p.id, p.event_id, p.user_id, p.amount,
                     p.currency, p.changed_at
              FROM payments.payment p
              WHERE p.state IN ('settled', 'returned')
                AND NOT EXISTS (SELECT 1 FROM payments.wallet_transaction t
                                WHERE t.id = p.event_id)
              UNION ALL
              SELECT 'payout_in_transit', p.id, p.event_id, p.user_id, p.amount, p.currency,
                     p.created_at
              FROM payments.payment p
              WHERE p.kind = 'payout' AND p.state IN ('pending', 'succeeded', 'failed')
              UNION ALL
              SELECT 'top_up_pending', p.id, p.event_id, p.user_id, p.amount, p.currency,
                     p.created_at
              FROM payments.payment p
              WHERE p.kind = 'top-up' AND p.state = 'pending'
              UNION ALL
              SELECT 'refund_outstanding', p.id, p.event_id, p.user_id, p.amount, p.currency,
                     p.changed_at
              FROM payments.payment p
              WHERE p.state = 'refunding'
              UNION ALL
              SELECT CASE WHEN t.id = p.id OR t.rejection = 'payout_not_found'
                          THEN 'payout_not_in_the_ledger'
                          WHEN p.state IN ('settled', 'returned') THEN 'refused_after_it_was_settled'
                          ELSE 'refused_by_the_wallet' END,
                     p.id, t.id, p.user_id, p.amount, p.currency, t.created_at
              FROM payments.wallet_transaction t JOIN payments.payment p ON p.id = t.payment_id
              WHERE t.status = 'rejected' AND p.state NOT IN ('refunding', 'refunded')
              UNION ALL
              SELECT 'credited_and_paid_back', p.id, t.id, p.user_id, p.amount, p.currency,
                     t.created_at
              FROM payments.wallet_transaction t JOIN payments.payment p ON p.id = t.payment_id
              WHERE t.status = 'posted' AND p.state IN ('refunding', 'refunded')
              UNION ALL
              SELECT 'amounts_differ', p.id, t.id, p.user_id, t.amount, t.currency, t.created_at
              FROM payments.wallet_transaction t JOIN payments.payment p ON p.id = t.payment_id
              WHERE t.amount <> p.amount OR t.currency <> p.currency OR t.user_id <> p.user_id
              UNION ALL
              SELECT t.type || '_without_payment', t.payment_id, t.id, t.user_id, t.amount,
                     t.currency, t.created_at
              FROM payments.wallet_transaction t
              WHERE NOT EXISTS (SELECT 1 FROM payments.payment p WHERE p.id = t.payment_id)
            ) AS difference
            WHERE at < :before
            ORDER BY at DESC, transaction_id LIMIT :max
            """;

    private static final String TO_ASK =
            "SELECT "
                    + Payments.COLUMNS
                    + """
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
     * @param amount how much it is about
     */
    public record Difference(
            String code,
            @Nullable UUID paymentId,
            @Nullable UUID transactionId,
            String userId,
            Money amount) {}

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
                                        row.getString("user_id"),
                                        new Money(
                                                row.getLong("amount"),
                                                CurrencyCode.of(row.getString("currency")))))
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
