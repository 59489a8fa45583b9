package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the balance was said to be at some time is what it was, whoever asks and whenever. */
final class StableAtIT {

    private static final int DEPOSITS = 60;
    private static final int DEPOSITORS = 4;

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

    private void deposit(String user) {
        for (int i = 0; i < DEPOSITS; i++) {
            wallet.post("system", "/deposit", TestWallet.deposit(user, "1.00"), Map.of());
        }
    }
}
