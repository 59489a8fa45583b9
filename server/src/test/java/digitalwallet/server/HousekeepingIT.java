package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a running server does by itself: checks, their gauges, and the sweep of expired keys. */
final class HousekeepingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void the_books_are_checked_and_the_gauge_falls_when_they_are_altered() {
        var wallet =
                TestWallet.with(
                        Map.of(
                                "WALLET_CHECK_INCREMENTAL_SECONDS", "1",
                                "WALLET_CHECK_FULL_AT", "never"));
        try (var server = wallet.server()) {
            wallet.aWalletWith("10.00");
            awaitMetric(server, "wallet_books_consistent 1.0");
            assertThat(metrics(server)).contains("wallet_books_full_check_age_seconds NaN");
            assertThat(wallet.get("auditor", "/consistency-check?scope=full").status())
                    .isEqualTo(200);
            assertThat(metrics(server))
                    .containsPattern("wallet_books_full_check_age_seconds [0-9.]+");

            var user = wallet.aWalletWith("10.00");
            alter(
                    wallet,
                    "UPDATE entry SET balance_after = balance_after + 1 WHERE account_id IN"
                            + " (SELECT id FROM account WHERE owner = '"
                            + user
                            + "')");
            var full = wallet.get("auditor", "/consistency-check?scope=full");
            assertThat(full.json().path("consistent").asBoolean()).isFalse();
            awaitMetric(server, "wallet_books_consistent 0.0");
        }
    }

    @Test
    void no_gauge_says_that_the_books_are_right_while_checks_fail() {
        var wallet =
                TestWallet.with(
                        Map.of(
                                "WALLET_CHECK_INCREMENTAL_SECONDS", "1",
                                "WALLET_CHECK_FULL_AT", "never"));
        var role = LocalPostgres.shared(PostgresVersion.V18).serverUser();
        try (var server = wallet.server()) {
            awaitMetric(server, "wallet_books_consistent 1.0");
            alter(wallet, "REVOKE SELECT ON verified_head FROM " + role);
            awaitMetric(server, "wallet_books_consistent NaN");
            assertThat(metrics(server))
                    .containsPattern("wallet_books_check_failures_total [1-9]")
                    .containsPattern("wallet_books_check_age_seconds [0-9.]+");
            alter(wallet, "GRANT SELECT ON verified_head TO " + role);
            awaitMetric(server, "wallet_books_consistent 1.0");
        }
    }

    @Test
    void before_the_first_check_no_gauge_says_that_there_was_one() {
        var wallet =
                TestWallet.with(
                        Map.of(
                                "WALLET_CHECK_INCREMENTAL_SECONDS", "86400",
                                "WALLET_CHECK_FULL_AT", "never"));
        try (var server = wallet.server()) {
            assertThat(metrics(server))
                    .contains("wallet_books_consistent NaN", "wallet_books_check_age_seconds NaN");
            assertThat(wallet.get("auditor", "/consistency-check").status()).isEqualTo(200);
            assertThat(metrics(server))
                    .contains("wallet_books_consistent 1.0")
                    .containsPattern("wallet_books_check_age_seconds [0-9.]+");
        }
    }

    @Test
    void expired_keys_are_swept_and_others_are_kept() {
        var wallet =
                TestWallet.with(
                        Map.of(
                                "WALLET_SWEEP_SECONDS", "1",
                                "WALLET_IDEMPOTENCY_RETENTION_DAYS", "7",
                                "WALLET_CHECK_FULL_AT", "never"));
        try (var _ = wallet.server()) {
            var user = TestWallet.somebody();
            for (int i = 0; i < 20; i++) {
                var key = Map.of("Idempotency-Key", "key-" + i);
                wallet.post("system", "/deposit", TestWallet.deposit(user, "1.00"), key);
            }
            alter(
                    wallet,
                    "UPDATE idempotency SET created_at = created_at - interval '8 days'"
                            + " WHERE key IN (SELECT key FROM idempotency ORDER BY key LIMIT 12)");
            Awaitility.await().atMost(PATIENCE).until(() -> keys(wallet) <= 8);
            assertThat(keys(wallet)).isEqualTo(8);
            // The money that moved under swept keys stays where it is.
            assertThat(wallet.get("system", "/wallets/" + user + "/balance").text("amount"))
                    .isEqualTo("20.00");
        }
    }

    private static void awaitMetric(WalletServer server, String line) {
        Awaitility.await().atMost(PATIENCE).until(() -> metrics(server).contains(line));
    }

    private static String metrics(WalletServer server) {
        var address = URI.create("http://127.0.0.1:" + server.managementPort() + "/metrics");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long keys(TestWallet wallet) {
        try (var connection = superuser(wallet);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM idempotency")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void alter(TestWallet wallet, String sql) {
        try (var connection = superuser(wallet);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection superuser(TestWallet wallet) throws SQLException {
        var postgres = LocalPostgres.shared(PostgresVersion.V18);
        return DriverManager.getConnection(
                wallet.environment().get("WALLET_DATABASE_URL"),
                postgres.superuser(),
                postgres.superuserPassword());
    }
}
