package digitalwallet.payments.store;

import static digitalwallet.payments.store.Database.utc;
import static digitalwallet.payments.store.Database.utcOrNull;

import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.PaymentState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code payment}. */
public final class Payments {

    static final String COLUMNS =
            """
            id, coalesce(provider_key, id) AS provider_key, kind, state, user_id, amount, currency,
            method, destination, initiated_by, authenticated_as, provider_reference,
            failure, event_id, attempts, next_action_at, created_at, changed_at
            """;

    private static final String INSERT =
            """
            INSERT INTO payments.payment
              (id, provider_key, kind, state, user_id, amount, currency, method, destination, initiated_by,
               authenticated_as, next_action_at, created_at, changed_at)
            VALUES (:id, :providerKey, :kind, :state, :userId, :amount, :currency, :method, :destination,
                    :initiatedBy, :authenticatedAs, :nextActionAt, :createdAt, :changedAt)
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String UPDATE =
            """
            UPDATE payments.payment
            SET state = :state, provider_reference = :reference, failure = :failure,
                event_id = :eventId, attempts = :attempts, next_action_at = :nextActionAt,
                alerted_at = CASE WHEN state = :state THEN alerted_at END,
                changed_at = :changedAt
            WHERE id = :id
            """;

    private static final String FIND = "SELECT " + COLUMNS + " FROM payments.payment WHERE id = ?";

    // Payments that are older than such keys are known by their ids.
    private static final String BY_PROVIDER_KEY =
            "SELECT "
                    + COLUMNS
                    + """
                    FROM payments.payment
                    WHERE provider_key = :key OR (id = :key AND provider_key IS NULL)
                    """;

    private static final String LOCK = FIND + " FOR UPDATE";

    private static final String KNOWN = "SELECT id FROM payments.payment WHERE id = ANY (?)";

    private static final String CLAIM_DUE =
            """
            UPDATE payments.payment p
            SET attempts = attempts + 1, next_action_at = :leasedUntil
            FROM (SELECT id AS due_id FROM payments.payment
                  WHERE next_action_at <= :now
                  ORDER BY next_action_at LIMIT :max FOR UPDATE SKIP LOCKED) AS due
            WHERE p.id = due.due_id
            RETURNING
            """
                    + COLUMNS;

    private static final String POSTPONE =
            """
            UPDATE payments.payment SET next_action_at = :nextActionAt
            WHERE id = :id AND state = :state
            """;

    private static final String CLAIM_OVERDUE =
            """
            UPDATE payments.payment SET alerted_at = :now
            WHERE alerted_at IS NULL AND changed_at < :before
              AND (state IN ('pending', 'succeeded', 'refunding')
                   OR (state = 'failed' AND kind = 'payout'))
            RETURNING
            """
                    + COLUMNS;

    private static final String COUNT_OVERDUE =
            """
            SELECT count(*) FROM payments.payment
            WHERE changed_at < :before
              AND (state IN ('pending', 'succeeded', 'refunding')
                   OR (state = 'failed' AND kind = 'payout'))
            """;

    private static final String PAGE =
            "SELECT "
                    + COLUMNS
                    + """
                    FROM payments.payment
                    WHERE (:after::uuid IS NULL OR id < :after)
                      AND (:userId::text IS NULL OR user_id = :userId)
                      AND (:kind::text IS NULL OR kind = :kind)
                      AND (:state::text IS NULL OR state = :state)
                    ORDER BY id DESC LIMIT :max
                    """;

    private final Database database;

    /** In this database. */
    public Payments(Database database) {
        this.database = database;
    }

    /** What a list shows; null means any. */
    public record Filter(
            @Nullable String userId, @Nullable PaymentKind kind, @Nullable PaymentState state) {}

    /** Inserts it; false when there is one with its id. */
    public boolean insert(Payment payment) {
        return database.sql()
                        .sql(INSERT)
                        .param("id", payment.id())
                        .param("providerKey", payment.providerKey())
                        .param("kind", payment.kind().word())
                        .param("state", payment.state().word())
                        .param("userId", payment.userId())
                        .param("amount", payment.amount().minorUnits())
                        .param("currency", payment.amount().currency().code())
                        .param("method", payment.method())
                        .param("destination", payment.destination())
                        .param("initiatedBy", payment.initiatedBy())
                        .param("authenticatedAs", payment.authenticatedAs())
                        .param("nextActionAt", utcOrNull(payment.nextActionAt()))
                        .param("createdAt", utc(payment.createdAt()))
                        .param("changedAt", utc(payment.changedAt()))
                        .update()
                == 1;
    }

    /** Writes what may change. */
    public void update(Payment payment) {
        database.sql()
                .sql(UPDATE)
                .param("id", payment.id())
                .param("state", payment.state().word())
                .param("reference", payment.providerReference())
                .param("failure", payment.failure())
                .param("eventId", payment.eventId())
                .param("attempts", payment.attempts())
                .param("nextActionAt", utcOrNull(payment.nextActionAt()))
                .param("changedAt", utc(payment.changedAt()))
                .update();
    }

    /** The payment, if there is one. */
    public Optional<Payment> find(UUID id) {
        return database.sql().sql(FIND).param(id).query(Payments::payment).optional();
    }

    /** The payment that the provider knows by this key, if there is one. */
    public Optional<Payment> byProviderKey(UUID key) {
        return database.sql()
                .sql(BY_PROVIDER_KEY)
                .param("key", key)
                .query(Payments::payment)
                .optional();
    }

    /** Those of these ids that are payments'. */
    public Set<UUID> known(Collection<UUID> ids) {
        return Set.copyOf(
                database.sql().sql(KNOWN).param(ids.toArray(UUID[]::new)).query(UUID.class).list());
    }

    /** The payment, which nobody else changes until this transaction ends. */
    public Optional<Payment> lock(UUID id) {
        return database.sql().sql(LOCK).param(id).query(Payments::payment).optional();
    }

    /** Payments whose provider is to be asked now; nobody else gets them while the lease lasts. */
    public List<Payment> claimDue(Instant now, Duration lease, int max) {
        return database.sql()
                .sql(CLAIM_DUE)
                .param("now", utc(now))
                .param("leasedUntil", utc(now.plus(lease)))
                .param("max", max)
                .query(Payments::payment)
                .list();
    }

    /** Asks again at that time, or never when it is null, unless it has moved on. */
    public void postpone(Payment payment, @Nullable Instant nextActionAt) {
        database.sql()
                .sql(POSTPONE)
                .param("id", payment.id())
                .param("state", payment.state().word())
                .param("nextActionAt", utcOrNull(nextActionAt))
                .update();
    }

    /** Payments that have been on their way since before that time; each is returned once. */
    public List<Payment> claimOverdue(Instant before, Instant now) {
        return database.sql()
                .sql(CLAIM_OVERDUE)
                .param("before", utc(before))
                .param("now", utc(now))
                .query(Payments::payment)
                .list();
    }

    /** How many have been on their way since before that time. */
    public long countOverdue(Instant before) {
        return database.sql()
                .sql(COUNT_OVERDUE)
                .param("before", utc(before))
                .query(Long.class)
                .single();
    }

    /** Payments, newest first, beginning after that id. */
    public List<Payment> page(Filter filter, @Nullable UUID after, int max) {
        var kind = filter.kind();
        var state = filter.state();
        return database.sql()
                .sql(PAGE)
                .param("after", after)
                .param("userId", filter.userId())
                .param("kind", kind == null ? null : kind.word())
                .param("state", state == null ? null : state.word())
                .param("max", max)
                .query(Payments::payment)
                .list();
    }

    static Payment payment(ResultSet row, int number) throws SQLException {
        var nextActionAt = row.getObject("next_action_at", OffsetDateTime.class);
        return new Payment(
                row.getObject("id", UUID.class),
                row.getObject("provider_key", UUID.class),
                PaymentKind.of(row.getString("kind")),
                PaymentState.of(row.getString("state")),
                row.getString("user_id"),
                new Money(row.getLong("amount"), CurrencyCode.of(row.getString("currency"))),
                row.getString("method"),
                row.getString("destination"),
                row.getString("initiated_by"),
                row.getString("authenticated_as"),
                row.getString("provider_reference"),
                row.getString("failure"),
                row.getObject("event_id", UUID.class),
                row.getInt("attempts"),
                nextActionAt == null ? null : nextActionAt.toInstant(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
