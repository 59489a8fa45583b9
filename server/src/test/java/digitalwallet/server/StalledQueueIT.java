package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing can be posted, and no message is to blame: the messages wait until it can again. */
final class StalledQueueIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String STALLED = "wallet_queue_stalled_partitions";
    private static final int USERS = 60;
    private static QueueFixture queue;

    @BeforeAll
    static void start() {
        queue = QueueFixture.start();
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @Test
    void while_every_command_fails_messages_wait_and_then_go_on_by_themselves() {
        queue.alter(
                """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = 'data_corrupted'; END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION refuse()\
                """);
        int before = queue.letters().all().size();
        for (int i = 0; i < USERS; i++) {
            queue.produce("early-" + i, "deposit", "1.00");
        }
        until(() -> queue.wallet().metric(STALLED) == QueueFixture.PARTITIONS);
        int given = queue.letters().all().size() - before;
        // At most what failed before it was known that everything fails.
        assertThat(given).isLessThanOrEqualTo(3 * QueueFixture.PARTITIONS);

        for (int i = 0; i < USERS; i++) {
            queue.produce("late-" + i, "deposit", "1.00");
        }
        double reopened = queue.wallet().metric("wallet_queue_reopened_total");
        until(() -> queue.wallet().metric("wallet_queue_reopened_total") >= reopened + 4);
        assertThat(queue.letters().all()).hasSize(before + given);

        queue.alter("DROP TRIGGER refuse ON entry");
        queue.awaitProcessed();
        until(() -> queue.wallet().metric(STALLED) == 0);
        assertThat(queue.letters().all()).hasSize(before + given);
        assertThat(funded("late-")).isEqualTo(USERS);
        // What became a letter while the partition stalled may have been posted after all.
        assertThat(funded("early-")).isBetween(USERS - given, USERS);
    }

    @Test
    void without_the_right_to_move_on_messages_wait_and_callers_are_served() {
        int before = queue.letters().all().size();
        var role = queue.wallet().environment().get("WALLET_DATABASE_USER");
        queue.alter("REVOKE INSERT ON queue_position FROM " + role);
        queue.send("nobody", "no json");
        queue.produce("patient", "deposit", "1.00");
        until(() -> queue.wallet().metric(STALLED) > 0);
        // Each try of the queue costs a lane its session: a caller may be asked to come again.
        var deposit = TestWallet.deposit(TestWallet.somebody(), "1.00");
        until(() -> queue.wallet().post("system", "/deposit", deposit).status() == 201);
        assertThat(queue.wallet().get("system", "/wallets/patient").status()).isEqualTo(404);

        queue.alter("GRANT INSERT ON queue_position TO " + role);
        queue.awaitProcessed();
        until(() -> queue.wallet().metric(STALLED) == 0);
        assertThat(balance("patient")).isEqualTo("1.00");
        // However often the message came again.
        assertThat(queue.letters().all()).hasSize(before + 1);
    }

    @Test
    void a_user_has_a_share_of_the_queue_and_is_told_so() {
        var wallet = queue.wallet();
        Map<String, String> before = new HashMap<>(wallet.environment());
        wallet.environment().put("WALLET_QUEUE_LENGTH_MAX", "3");
        wallet.restart();
        var user = wallet.aWalletWith("1.00");
        var item = "{\"type\":\"deposit\"," + TestWallet.deposit(user, "1.00").substring(1);
        var items = String.join(",", Collections.nCopies(40, item));
        var reply = wallet.post("system", "/batch", "{\"commands\":[" + items + "]}");

        var refused =
                reply.json()
                        .path("results")
                        .valueStream()
                        .filter(
                                each ->
                                        each.at("/body/code")
                                                .asString("")
                                                .equals("user_queue_full"))
                        .count();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(refused).isPositive();
        assertThat(balance(user)).isEqualTo((1 + 40 - refused) + ".00");
        wallet.environment().clear();
        wallet.environment().putAll(before);
        wallet.restart();
    }

    private static int funded(String prefix) {
        int funded = 0;
        for (int i = 0; i < USERS; i++) {
            funded += balance(prefix + i).equals("1.00") ? 1 : 0;
        }
        return funded;
    }

    private static String balance(String user) {
        return queue.wallet().get("system", "/wallets/" + user + "/balance").text("amount");
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
    }
}
