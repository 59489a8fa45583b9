package digitalwallet.payments.provider;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bank that behaves as the method of each payment says. It keeps what it knows in tables of its
 * own, in transactions of its own, so that its knowledge outlives a crash of ours as a real bank's
 * would.
 */
public final class SandboxBank implements Provider {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxBank.class);
    private static final String REFUND = ":refund";
    private static final String REFERENCE_PREFIX = "sandbox-";

    private static final String LOSE_FIRST_CALL =
            """
            INSERT INTO payments.sandbox_lost_call (key) VALUES (?) ON CONFLICT (key) DO NOTHING
            """;

    private static final String TAKE =
            """
            INSERT INTO payments.sandbox_movement
              (key, kind, script, amount, currency, user_id, reference, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO NOTHING
            """;

    private static final String PLAN_WEBHOOK =
            """
            INSERT INTO payments.sandbox_webhook (event_id, key, status, due_at)
            VALUES (?, ?, ?, ?)
            """;

    private static final String FIND =
            """
            SELECT key, kind, script, amount, currency, user_id, reference, created_at
            FROM payments.sandbox_movement WHERE key = ?
            """;

    private static final String STATEMENT =
            """
            SELECT key, kind, script, amount, currency, user_id, reference, created_at
            FROM payments.sandbox_movement WHERE created_at >= ? ORDER BY created_at DESC LIMIT ?
            """;

    private final DataSource database;
    private final InstantSource clock;

    /** Keeps its tables in this database. */
    public SandboxBank(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public boolean takes(String method) {
        return SandboxScript.parse(method).isPresent();
    }

    @Override
    public Answer send(ProviderCall call) {
        var script = SandboxScript.parse(call.method()).orElse(null);
        if (script == null) {
            return new Answer.Failed("method_unknown");
        }
        try (var connection = database.getConnection()) {
            if (script.has(SandboxScript.Word.UNREACHABLE) && isFirst(call.key(), connection)) {
                return new Answer.Unknown("the bank cannot be reached");
            }
            var now = clock.instant();
            take(call, script, now, connection);
            if (script.has(SandboxScript.Word.TIMEOUT)) {
                return new Answer.Unknown("the bank does not answer");
            }
            return script.answersWithDecision()
                    ? answer(call.key(), now, connection)
                    : new Answer.Processing();
        } catch (SQLException e) {
            return new Answer.Unknown("the bank is closed: " + e.getMessage());
        }
    }

    @Override
    public Answer query(String key) {
        try (var connection = database.getConnection()) {
            return answer(key, clock.instant(), connection);
        } catch (SQLException e) {
            return new Answer.Unknown("the bank is closed: " + e.getMessage());
        }
    }

    @Override
    public Optional<List<Movement>> statement(Instant since, int max) {
        var now = clock.instant();
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(STATEMENT)) {
            statement.setObject(1, utc(since));
            statement.setInt(2, max);
            var moved = new ArrayList<Movement>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var taken = taken(rows);
                    if (taken.hasMoved(now)) {
                        moved.add(
                                new Movement(
                                        taken.key,
                                        taken.kind,
                                        taken.amount,
                                        taken.userId,
                                        taken.askedAt));
                    }
                }
            }
            return Optional.of(moved);
        } catch (SQLException e) {
            LOG.warn("the bank is closed: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public boolean isReference(String bankTransactionId) {
        return bankTransactionId.startsWith(REFERENCE_PREFIX);
    }

    private static boolean isFirst(String key, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(LOSE_FIRST_CALL)) {
            statement.setString(1, key);
            return statement.executeUpdate() == 1;
        }
    }

    /** Stores the movement together with its webhooks, or neither. */
    private static void take(
            ProviderCall call, SandboxScript script, Instant now, Connection connection)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            if (insertMovement(call, now, connection)) {
                planWebhooks(call, script, now, connection);
            }
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static boolean insertMovement(ProviderCall call, Instant now, Connection connection)
            throws SQLException {
        try (var statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, call.key());
            statement.setString(2, call.kind().name());
            statement.setString(3, call.method());
            statement.setLong(4, call.amount().minorUnits());
            statement.setString(5, call.amount().currency().code());
            statement.setString(6, call.userId());
            statement.setString(7, REFERENCE_PREFIX + UuidCreator.getTimeOrderedEpoch());
            statement.setObject(8, utc(now));
            return statement.executeUpdate() == 1;
        }
    }

    private static void planWebhooks(
            ProviderCall call, SandboxScript script, Instant now, Connection connection)
            throws SQLException {
        var ids = new HashMap<Integer, UUID>();
        try (var statement = connection.prepareStatement(PLAN_WEBHOOK)) {
            for (var notice : script.notices(call.kind())) {
                var id = ids.computeIfAbsent(notice.event(), _ -> UUID.randomUUID());
                statement.setString(1, id.toString());
                statement.setString(2, call.key());
                statement.setString(3, notice.status().word());
                statement.setObject(4, utc(now.plus(notice.after())));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static Answer answer(String key, Instant now, Connection connection)
            throws SQLException {
        var taken = find(key, connection);
        if (taken == null) {
            return new Answer.NotFound();
        }
        boolean isPaidBack =
                taken.kind == ProviderCall.Kind.CHARGE && find(key + REFUND, connection) != null;
        return isPaidBack ? new Answer.Failed(Answer.Failed.PAID_BACK) : taken.answer(now);
    }

    /** A movement as the bank remembers it. */
    record Taken(
            String key,
            ProviderCall.Kind kind,
            SandboxScript script,
            Money amount,
            String userId,
            String reference,
            Instant askedAt) {

        private boolean hasMoved(Instant now) {
            return answer(now) instanceof Answer.Succeeded;
        }

        Answer answer(Instant now) {
            return switch (script.at(now, askedAt, kind)) {
                case SUCCEEDED -> new Answer.Succeeded(reference, amount);
                case FAILED -> new Answer.Failed(script.failure());
                case PROCESSING -> new Answer.Processing();
            };
        }
    }

    static @Nullable Taken find(String key, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(FIND)) {
            statement.setString(1, key);
            try (var row = statement.executeQuery()) {
                return row.next() ? taken(row) : null;
            }
        }
    }

    private static Taken taken(ResultSet row) throws SQLException {
        return new Taken(
                row.getString("key"),
                ProviderCall.Kind.valueOf(row.getString("kind")),
                SandboxScript.parse(row.getString("script")).orElseThrow(),
                new Money(row.getLong("amount"), CurrencyCode.of(row.getString("currency"))),
                row.getString("user_id"),
                row.getString("reference"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
