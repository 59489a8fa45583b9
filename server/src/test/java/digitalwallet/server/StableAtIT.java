package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.database.LaneConnection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the balance was said to be at some time is what it was, whoever asks and whenever. */
final class StableAtIT {

    private static final int DEPOSITS = 60;
    private static final int DEPOSITORS = 4;
    private static final int READINGS = 5;

    private final TestWallet wallet = TestWallet.shared();

    @Test
    void an_answer_asked_again_with_its_own_time_is_the_same()
            throws ExecutionException, InterruptedException {
        var user = wallet.aWalletWith("1.00");
        var path = "/wallets/" + user + "/balance";
        Map<String, String> said = new HashMap<>();
        try (var threads = Executors.newFixedThreadPool(DEPOSITORS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < DEPOSITORS; i++) {
                running.add(threads.submit(() -> deposit(user)));
            }
            while (!running.stream().allMatch(Future::isDone)) {
                var now = wallet.get("system", path);
                var again = wallet.get("system", path + "?at=" + now.text("at"));
                assertThat(again.body()).isEqualTo(now.body());
                said.put(now.text("at"), now.body());
            }
            for (var each : running) {
                each.get();
            }
        }
        said.forEach(
                (at, body) ->
                        assertThat(wallet.get("system", path + "?at=" + at).body())
                                .isEqualTo(body));
        assertThat(said).hasSizeGreaterThan(3);
        assertThat(wallet.get("system", path).text("amount"))
                .isEqualTo((1 + DEPOSITORS * DEPOSITS) + ".00");
    }

    @Test
    void an_answer_about_a_moment_ago_stays_as_it_was()
            throws ExecutionException, InterruptedException {
        var user = wallet.aWalletWith("1.00");
        Map<String, String> said = new HashMap<>();
        try (var threads = Executors.newFixedThreadPool(2 * DEPOSITORS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < DEPOSITORS; i++) {
                running.add(threads.submit(() -> deposit(user)));
            }
            for (int i = 0; i < READINGS; i++) {
                for (var path : paths(user, Instant.now().minusMillis(50))) {
                    said.put(path, wallet.get("system", path).body());
                }
            }
            for (var each : running) {
                each.get();
            }
        }
        assertThat(said).hasSize(3 * READINGS);
        said.forEach((path, body) -> assertThat(wallet.get("system", path).body()).isEqualTo(body));
    }

    @Test
    void a_past_that_is_not_over_in_time_is_told_up_to_when_it_is() throws SQLException {
        var user = wallet.aWalletWith("1.00");
        var environment = wallet.environment();
        var address =
                new DatabaseAddress(
                        Objects.requireNonNull(environment.get("WALLET_DATABASE_URL")),
                        Objects.requireNonNull(environment.get("WALLET_DATABASE_USER")),
                        Objects.requireNonNull(environment.get("WALLET_DATABASE_PASSWORD")));
        try (var stopped = LaneConnection.open(address);
                var statement = stopped.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("SELECT 1");
            for (var path : paths(user, Instant.now())) {
                // It says something now and then, so that the database does not end it.
                statement.execute("SELECT 1");
                var reply = wallet.get("system", path);
                assertThat(reply.status()).as(path).isEqualTo(503);
                assertThat(reply.code()).isEqualTo("past_not_over");
                assertThat(reply.header("Retry-After")).isNotNull();
                var horizon = reply.text("horizon");
                var before = paths(user, Instant.parse(horizon)).getFirst();
                assertThat(wallet.get("system", before).status()).isEqualTo(200);
            }
            statement.execute("ROLLBACK");
        }
        assertThat(wallet.metric("wallet_past_not_over_total")).isGreaterThanOrEqualTo(3);
    }

    /** Nobody can promise anything of a time to come, and nobody waits for it. */
    @Test
    void a_list_up_to_a_time_to_come_is_that_of_now() {
        var path = "/transactions?to=" + Instant.now().plusSeconds(86_400);
        assertThat(wallet.get("system", path).status()).isEqualTo(200);
    }

    private static List<String> paths(String user, Instant end) {
        return List.of(
                "/wallets/" + user + "/balance?at=" + end,
                "/wallets/" + user + "/transactions?limit=5&to=" + end,
                "/transactions?limit=5&initiated_by=" + user + "&to=" + end);
    }

    private void deposit(String user) {
        for (int i = 0; i < DEPOSITS; i++) {
            wallet.post("system", "/deposit", TestWallet.deposit(user, "1.00"), Map.of());
        }
    }
}
