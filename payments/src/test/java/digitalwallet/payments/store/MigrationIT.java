package digitalwallet.payments.store;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.payments.PaymentState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema of each older version, with payments in every state in it, becomes today's. */
final class MigrationIT {

    private static final String DATABASE = "payments_of_old";
    private static final UUID PENDING = UUID.fromString("019ab000-0000-7000-8000-000000000001");
    private static final UUID TOLD = UUID.fromString("019ab000-0000-7000-8000-000000000002");
    private static final UUID EVENT = UUID.fromString("019ab000-0000-7000-8000-0000000000e2");

    private static final String DATA =
            """
            INSERT INTO payments.payment (id, kind, state, user_id, amount, currency, method,
              destination, initiated_by, authenticated_as, provider_reference, failure, event_id,
              attempts, next_action_at, created_at, changed_at) VALUES
            ('019ab000-0000-7000-8000-000000000001', 'top-up', 'pending', 'alice', 1000, 'USD',
             'sandbox:ok', NULL, 'alice', 'shop', NULL, NULL, NULL, 3, now(), now(), now()),
            ('019ab000-0000-7000-8000-000000000002', 'payout', 'succeeded', 'bob', 500, 'USD',
             'sandbox:ok', 'DE89', 'bob', 'wallet', 'sandbox-1', NULL,
             '019ab000-0000-7000-8000-0000000000e2', 1, NULL, now(), now()),
            ('019ab000-0000-7000-8000-000000000003', 'top-up', 'refunded', 'eve', 7, 'USD',
             'sandbox:ok', NULL, 'eve', 'shop', 'sandbox-2', NULL,
             '019ab000-0000-7000-8000-0000000000e3', 1, NULL, now(), now()),
            ('019ab000-0000-7000-8000-000000000004', 'payout', 'returned', 'eve', 8, 'USD',
             'sandbox:decline', 'DE89', 'eve', 'wallet', NULL, 'declined',
             '019ab000-0000-7000-8000-0000000000e4', 1, NULL, now(), now());
            INSERT INTO payments.idempotency VALUES
            ('shop', 'order-1', 'alice 10.00', '019ab000-0000-7000-8000-000000000001');
            INSERT INTO payments.provider_call (payment_id, key, action, started_at) VALUES
            ('019ab000-0000-7000-8000-000000000001', '019ab000-0000-7000-8000-000000000001',
             'send', now());
            INSERT INTO payments.outbox (payment_id, event_id, user_id, message, created_at,
              published_at) VALUES
            ('019ab000-0000-7000-8000-000000000002', '019ab000-0000-7000-8000-0000000000e2', 'bob',
             '{}', now() - interval '1 day', now() - interval '1 day');
            INSERT INTO payments.webhook_event VALUES ('w1', 'k', 'succeeded', now());
            INSERT INTO payments.wallet_transaction VALUES
            ('019ab000-0000-7000-8000-0000000000e3', 'deposit', 'rejected',
             '019ab000-0000-7000-8000-000000000003', 'eve', 7, 'USD', 'sandbox-2', 'wallet_closed',
             now());
            INSERT INTO payments.wallet_position VALUES ('topic', 0, 42);
            """;

    private final LocalPostgres postgres = LocalPostgres.shared(PostgresVersion.V18);
    private final DataSource source = source();

    @BeforeEach
    void create() {
        postgres.createDatabase(DATABASE);
    }

    @AfterEach
    void drop() {
        postgres.dropDatabase(DATABASE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void what_an_older_version_has_written_is_kept_and_goes_on(String version) {
        migrateTo(version);
        execute(DATA);
        var before = rows();

        Database.migrate(source, LocalPostgres.PAYMENTS);
        Database.migrate(source, LocalPostgres.PAYMENTS);
        Database.validate(source);

        assertThat(rows()).isEqualTo(before);
        var database = new Database(source);
        var payments = new Payments(database);
        assertThat(payments.find(PENDING)).get().extracting(Payment::attempts).isEqualTo(3);
        // The provider knows older payments by their ids.
        assertThat(payments.byProviderKey(PENDING)).isEqualTo(payments.find(PENDING));
        assertThat(payments.lock(TOLD)).get().extracting(Payment::eventId).isEqualTo(EVENT);
        assertThat(payments.find(TOLD))
                .get()
                .extracting(Payment::state)
                .isEqualTo(PaymentState.SUCCEEDED);
        assertThat(new Keys(database).find("shop", "order-1"))
                .get()
                .extracting(Keys.Use::paymentId)
                .isEqualTo(PENDING);
        assertThat(new ProviderCalls(database).wasSent(PENDING.toString())).isTrue();
        assertThat(new WalletTransactions(database).positions("topic")).isEqualTo(Map.of(0, 42L));
        // What was told a day ago and has no answer is told again.
        assertThat(new Outbox(database).tellAgain(Instant.now())).isEqualTo(1);
        assertThat(new Outbox(database).unpublished(10)).hasSize(1);
    }

    /** A further version needs its data here. */
    @Test
    void all_versions_but_the_newest_are_tried() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/payments/migration"))) {
            assertThat(files).hasSize(3);
        }
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(source)
                .schemas("payments")
                .createSchemas(false)
                .locations("classpath:payments/migration")
                .placeholders(Map.of("serviceRole", LocalPostgres.PAYMENTS))
                .target(version)
                .load()
                .migrate();
    }

    /** All that the older version knows, as text. */
    private List<String> rows() {
        var tables =
                Map.of(
                        "payment",
                        "id, kind, state, user_id, amount, currency, method, destination,"
                                + " initiated_by, authenticated_as, provider_reference, failure,"
                                + " event_id, attempts, next_action_at, created_at, changed_at",
                        "idempotency",
                        "caller, key, fingerprint, payment_id",
                        "provider_call",
                        "payment_id, key, action, started_at, answered_at, answer",
                        "outbox",
                        "id, payment_id, event_id, user_id, message, created_at, published_at",
                        "webhook_event",
                        "event_id, key, status, received_at",
                        "wallet_transaction",
                        "id, type, status, payment_id, user_id, amount, currency,"
                                + " bank_transaction_id, rejection, created_at",
                        "wallet_position",
                        "topic_id, partition, next_offset");
        var rows = new ArrayList<String>();
        tables.forEach(
                (table, columns) ->
                        rows.addAll(
                                query(
                                        "SELECT '%1$s ' || (%2$s)::text FROM payments.%1$s ORDER BY 1"
                                                .formatted(table, "ROW(" + columns + ")"))));
        return rows.stream().sorted().toList();
    }

    private List<String> query(String sql) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(DATABASE),
                                LocalPostgres.PAYMENTS,
                                postgres.paymentsPassword());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataSource source() {
        var data = new PGSimpleDataSource();
        data.setUrl(postgres.jdbcUrl(DATABASE));
        data.setUser(LocalPostgres.PAYMENTS);
        data.setPassword(postgres.paymentsPassword());
        return data;
    }
}
