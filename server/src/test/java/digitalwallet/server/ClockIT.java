package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Initiator;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import digitalwallet.process.clock.DatabaseClock;
import digitalwallet.server.watch.KeySweep;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Machines whose clocks are wrong: the database's clock is the one that counts. */
final class ClockIT {

    private static final Map<String, String> QUIET =
            Map.of("WALLET_CHECK_FULL_AT", "never", "WALLET_SWEEP_SECONDS", "86400");

    private static InstantSource aClockThatIsAheadBy(String duration) {
        return InstantSource.offset(InstantSource.system(), Duration.parse(duration));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-40S", "PT40S"})
    void the_times_of_a_machine_that_is_a_little_wrong_are_the_databases(String ahead)
            throws Exception {
        var wallet = TestWallet.with(QUIET, aClockThatIsAheadBy(ahead));
        try (var server = wallet.server()) {
            var before = Instant.now().minusSeconds(5);
            var user = wallet.aWalletWith("10.00");
            var balance = "/wallets/" + user + "/balance";
            assertThat(wallet.get("system", balance + "?at=" + Instant.now()).text("amount"))
                    .isEqualTo("10.00");
            assertThat(Instant.parse(wallet.get("system", balance).text("at")))
                    .isBetween(before, Instant.now().plusSeconds(5));
            var offset = Double.parseDouble(metric(server, "wallet_clock_offset_seconds"));
            assertThat(offset).isBetween(-50.0, 50.0);
            assertThat(Math.abs(offset)).isGreaterThan(30);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-960H", "PT30M", "PT-70S"})
    void a_machine_that_is_a_minute_wrong_serves_nothing(String ahead) {
        var wallet = TestWallet.with(QUIET, aClockThatIsAheadBy(ahead));
        try (var _ = wallet.server()) {
            var deposit = TestWallet.deposit(TestWallet.somebody(), "1.00");
            var reply = wallet.post("system", "/deposit", deposit, Map.of());
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("unavailable");
            assertThat(reply.text("detail")).contains("the clock of this instance differs");
            assertThat(reply.header("Retry-After")).isNotNull();
            assertThat(wallet.get("system", "/readyz").status()).isEqualTo(503);
            assertThat(wallet.get("system", "/healthz").status()).isEqualTo(200);
        }
    }

    /** Also what comes through the queue, where no request is refused. */
    @ParameterizedTest
    @ValueSource(strings = {"PT-960H", "PT960H"})
    void keys_that_a_machine_took_with_a_clock_forty_days_wrong_are_not_swept(String ahead)
            throws SQLException, ExecutionException, InterruptedException {
        var wallet = TestWallet.with(QUIET);
        try (var _ = wallet.server();
                var books =
                        Books.open(
                                Settings.read(wallet.environment()),
                                aClockThatIsAheadBy(ahead),
                                new SimpleMeterRegistry())) {
            Awaitility.await()
                    .atMost(5, TimeUnit.MINUTES)
                    .until(() -> books.engine().servingLanes() > 0);
            var command = aDepositUnderAKey();
            var first = books.engine().submit(command).get();
            assertThat(new KeySweep(books.dataSource(), Duration.ofDays(30)).run()).isZero();
            assertThat(first.code()).isEqualTo("posted");
            assertThat(books.engine().submit(command).get().code()).isEqualTo("replayed");
            try (var connection = books.dataSource().getConnection();
                    var statement = connection.createStatement();
                    var rows =
                            statement.executeQuery(
                                    "SELECT count(*) FROM transaction WHERE created_at BETWEEN"
                                            + " now() - interval '1 minute' AND now()")) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(1);
            }
        }
    }

    private static Command aDepositUnderAKey() {
        var initiator = new Initiator("shop", "shop", "system");
        var id = new UUID((System.currentTimeMillis() << 16) | 0x7000, 0x8000000000000001L);
        var deposit =
                new Command.Deposit(
                        new Command.Header(id, initiator, Details.NONE, null, null),
                        "alice",
                        new Money(1_00, CurrencyCode.of("USD")));
        return deposit.withKey(IdempotencyKey.of("shop", "key-1", deposit.fingerprint()));
    }

    @Test
    void a_time_to_come_is_refused() {
        var wallet = TestWallet.shared();
        var user = wallet.aWalletWith("10.00");
        var reply =
                wallet.get(
                        "system",
                        "/wallets/" + user + "/balance?at=" + Instant.now().plusSeconds(60));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_parameter");
        assertThat(reply.text("detail")).startsWith("at is still to come: send at most 20");
    }

    @Test
    void a_step_of_the_machines_clock_changes_no_time_and_is_known_at_once() throws SQLException {
        var environment = TestWallet.shared().environment();
        var database = new PGSimpleDataSource();
        database.setUrl(environment.get("WALLET_DATABASE_URL"));
        database.setUser(environment.get("WALLET_DATABASE_USER"));
        database.setPassword(environment.get("WALLET_DATABASE_PASSWORD"));
        var step = new AtomicReference<>(Duration.ZERO);
        InstantSource machine = () -> Instant.now().plus(step.get());
        try (var clock =
                DatabaseClock.start(machine, database, "test", new SimpleMeterRegistry())) {
            assertThat(clock.fault()).isNull();
            step.set(Duration.ofHours(-3));
            assertThat(clock.fault()).contains("10");
            assertThat(clock.instant())
                    .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(30));
            step.set(Duration.ZERO);
            assertThat(clock.fault()).isNull();
        }
    }

    private static String metric(WalletServer server, String name)
            throws IOException, InterruptedException {
        var address = URI.create("http://127.0.0.1:" + server.managementPort() + "/metrics");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
