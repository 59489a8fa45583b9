package digitalwallet.payments.store;

import static digitalwallet.payments.store.Database.utc;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the wallet is to be told, in order. */
public final class Outbox {

    private static final String INSERT =
            """
            INSERT INTO payments.outbox (payment_id, event_id, user_id, message, created_at)
            VALUES (?, ?, ?, ?, ?)
            """;

    private static final String UNPUBLISHED =
            """
            SELECT id, payment_id, user_id, message FROM payments.outbox
            WHERE published_at IS NULL ORDER BY id LIMIT ?
            """;

    private static final String PUBLISHED =
            """
            UPDATE payments.outbox SET published_at = ?, told = told + 1 WHERE id = ANY (?)
            """;

    // After two minutes, and then twice as long each time, up to a day.
    private static final String TELL_AGAIN =
            """
            UPDATE payments.outbox o SET published_at = NULL
            FROM payments.payment p
            WHERE o.payment_id = p.id AND o.event_id = p.event_id
              AND (p.state = 'succeeded' OR p.state = 'failed' AND p.kind = 'payout')
              AND o.published_at < :now - least(power(2, least(o.told, 20)), 1440)
                  * interval '1 minute'
            """;

    private static final String TELL_SINCE =
            """
            UPDATE payments.outbox o SET published_at = NULL
            FROM payments.payment p
            WHERE o.payment_id = p.id AND p.state NOT IN ('refunding', 'refunded')
              AND o.published_at >= :since
            """;

    private static final String COUNT =
            """
            SELECT count(*) FROM payments.outbox WHERE published_at IS NULL
            """;

    private static final String LOCK =
            """
            SELECT pg_try_advisory_xact_lock(hashtext('payments'), hashtext('outbox'))
            """;

    private final Database database;

    /** In this database. */
    public Outbox(Database database) {
        this.database = database;
    }

    /**
     * One message.
     *
     * @param key of the Kafka record
     */
    public record Message(long id, UUID paymentId, String key, String value) {}

    /** Adds a message to the transaction that causes it. */
    public void insert(UUID paymentId, UUID eventId, String key, String value, Instant now) {
        database.sql().sql(INSERT).params(paymentId, eventId, key, value, utc(now)).update();
    }

    /** Whether this transaction is the only one that publishes now. */
    public boolean lock() {
        return database.sql().sql(LOCK).query(Boolean.class).single();
    }

    /** The next messages, oldest first. */
    public List<Message> unpublished(int max) {
        return database.sql()
                .sql(UNPUBLISHED)
                .param(max)
                .query(
                        (row, _) ->
                                new Message(
                                        row.getLong("id"),
                                        row.getObject("payment_id", UUID.class),
                                        row.getString("user_id"),
                                        row.getString("message")))
                .list();
    }

    /** Writes that the broker has acknowledged them. */
    public void published(List<Message> messages, Instant now) {
        var ids = messages.stream().map(Message::id).toArray(Long[]::new);
        database.sql().sql(PUBLISHED).params(utc(now), ids).update();
    }

    /**
     * Lets what the wallet has not answered for long be told again: the broker may have lost it.
     * The wallet posts it once, however often it is told.
     *
     * @return how many
     */
    public int tellAgain(Instant now) {
        return database.sql().sql(TELL_AGAIN).param("now", utc(now)).update();
    }

    /**
     * Lets all be told again that was told since that time: the broker has lost it, and the wallet
     * may have. Not what the wallet refused: the money may have been paid back.
     *
     * @return how many
     */
    public int tellSince(Instant time) {
        return database.sql().sql(TELL_SINCE).param("since", utc(time)).update();
    }

    /** How many wait. */
    public long count() {
        return database.sql().sql(COUNT).query(Long.class).single();
    }
}
