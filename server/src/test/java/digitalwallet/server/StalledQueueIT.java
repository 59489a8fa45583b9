package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import digitalwallet.messages.Topic;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing can be posted, and no message is to blame: the messages wait until it can again. */
final class StalledQueueIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String STALLED = "wallet_queue_stalled_partitions";
    private static final int USERS = 60;
    private static final int LARGE_BYTES = 1_200_000;
    // What one fetch brings of one partition at most, and one message more.
    private static final int FETCH_BYTES = 4 << 20;
    private static final int LOOKS = 50;
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
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
    void what_is_fetched_and_cannot_be_posted_yet_takes_a_bounded_part_of_the_memory() {
        var wallet = queue.wallet();
        int before = queue.letters().all().size();
        long max = (long) wallet.metric("wallet_queue_held_bytes_max");
        // Nobody signed them, so they ask for nothing; their partition waits for what is before.
        int messages = (int) (4 * max / LARGE_BYTES) + 1;
        try (var _ = queue.superuser().hold("LOCK TABLE entry IN ACCESS EXCLUSIVE MODE")) {
            queue.produce("first", "deposit", "1.00");
            for (int i = 0; i < messages; i++) {
                queue.send(
                        new ProducerRecord<>(
                                Topic.COMMANDS.word(),
                                "first".getBytes(UTF_8),
                                new byte[LARGE_BYTES]));
            }
            until(() -> wallet.metric("wallet_queue_held_bytes") >= max);
            for (int i = 0; i < LOOKS; i++) {
                assertThat((long) wallet.metric("wallet_queue_held_bytes"))
                        .isLessThan(max + FETCH_BYTES);
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        queue.awaitProcessed();
        until(() -> wallet.metric("wallet_queue_held_bytes") == 0);
        assertThat(balance("first")).isEqualTo("1.00");
        assertThat(queue.letters().all()).hasSize(before + messages);
    }

    @Test
    void nobody_waits_for_an_outcome_longer_than_they_said_while_the_books_cannot_be_read() {
        var user = TestWallet.somebody();
        var wait = Map.of("Prefer", "respond-async, wait=1");
        try (var _ = queue.superuser().hold("LOCK TABLE transaction IN ACCESS EXCLUSIVE MODE")) {
            // The database is given up after half a minute only.
            var reply =
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(20),
                            () ->
                                    queue.wallet()
                                            .post(
                                                    "system",
                                                    "/deposit",
                                                    TestWallet.deposit(user, "10.00"),
                                                    wait));
            assertThat(reply.status()).isEqualTo(202);
        }
        queue.awaitProcessed();
        assertThat(balance(user)).isEqualTo("10.00");
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
