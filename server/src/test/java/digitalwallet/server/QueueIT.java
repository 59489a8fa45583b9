package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.messages.Message;
import digitalwallet.messages.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands through Kafka, as callers and other services see them. */
final class QueueIT {

    private static final Map<String, String> ASYNC = Map.of("Prefer", "respond-async");
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
    void a_command_is_queued_and_then_posted() {
        var user = TestWallet.somebody();
        var reply = wallet().post("system", "/deposit", TestWallet.deposit(user, "10.00"), ASYNC);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(reply.text("message")).isEqualTo("deposit queued");
        assertThat(reply.json().at("/transaction/status").asString()).isEqualTo("queued");
        var posted = outcome(reply);
        assertThat(posted.json().path("id").asString())
                .isEqualTo(reply.json().at("/transaction/id").asString());
        assertThat(posted.text("status")).isEqualTo("posted");
        assertThat(posted.text("authenticated_as")).isEqualTo("system");
        assertThat(balance(user)).isEqualTo("10.00");
    }

    @Test
    void whoever_waits_is_told_the_outcome() {
        var user = TestWallet.somebody();
        var wait = Map.of("Prefer", "respond-async, wait=10");
        var posted = wallet().post("system", "/deposit", TestWallet.deposit(user, "10.00"), wait);
        var refused = wallet().post("system", "/withdraw", TestWallet.deposit(user, "10.01"), wait);

        assertThat(posted.status()).isEqualTo(201);
        assertThat(posted.json().at("/balance/amount").asString()).isEqualTo("10.00");
        assertThat(posted.header("Idempotency-Replayed")).isNull();
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("insufficient_funds");
    }

    @Test
    void a_payout_is_queued_with_its_target() {
        var user = wallet().aWalletWith("10.00");
        var target = "{\"method\":\"sandbox:ok\",\"destination\":\"DE 00 1\"}";
        var body = TestWallet.deposit(user, "4.00").replace("}", ",\"payout\":" + target + "}");
        var posted = outcome(wallet().post("system", "/withdraw", body, ASYNC));
        var item = "{\"type\":\"withdraw\"," + body.substring(1);
        var batch = wallet().post("system", "/batch", "{\"commands\":[" + item + "]}", ASYNC);

        assertThat(posted.text("type")).isEqualTo("payout");
        assertThat(posted.json().path("payout").toString()).isEqualTo(target);
        assertThat(outcome(batch).text("type")).isEqualTo("payout");
        assertThat(balance(user)).isEqualTo("2.00");
    }

    @Test
    void a_wallet_is_opened_through_the_queue() {
        var user = TestWallet.somebody();
        var reply = wallet().post("system", "/wallets", "{\"user_id\":\"" + user + "\"}", ASYNC);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text("message")).isEqualTo("open queued");
        assertThat(outcome(reply).text("status")).isEqualTo("posted");
        assertThat(balance(user)).isEqualTo("0.00");
    }

    @Test
    void a_freeze_is_never_queued() {
        var user = wallet().aWalletWith("1.00");
        var body = "{\"reason\":\"lost card\"}";
        var alone = wallet().post("support", "/wallets/" + user + "/freeze", body, ASYNC);
        var item = "{\"type\":\"unfreeze\",\"user_id\":\"" + user + "\"," + body.substring(1);
        var batch = wallet().post("support", "/batch", "{\"commands\":[" + item + "]}", ASYNC);

        assertThat(alone.status()).isEqualTo(201);
        assertThat(batch.status()).isEqualTo(400);
        assertThat(batch.json().path("field").asString()).isEqualTo("type");
    }

    @Test
    void what_is_wrong_is_refused_at_once() {
        var bad = wallet().post("system", "/deposit", TestWallet.deposit("a b", "1"), ASYNC);
        var denied = wallet().post("user:u", "/deposit", TestWallet.deposit("u", "1"), ASYNC);

        assertThat(bad.code()).isEqualTo("invalid_identifier");
        assertThat(denied.status()).isEqualTo(403);
    }

    @Test
    void a_key_with_an_outcome_is_answered_at_once_and_one_queued_twice_has_one_effect() {
        var user = TestWallet.somebody();
        var body = TestWallet.deposit(user, "5.00");
        var headers = new HashMap<>(ASYNC);
        headers.put("Idempotency-Key", "key of " + user);
        var first = wallet().post("system", "/deposit", body, headers);
        var second = wallet().post("system", "/deposit", body, headers);
        var outcomes = new ArrayList<TestWallet.Reply>();
        if (second.status() == 202) {
            outcomes.add(outcome(second));
        }
        outcome(first);
        var third = wallet().post("system", "/deposit", body, headers);

        assertThat(third.status()).isEqualTo(201);
        assertThat(third.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(outcomes)
                .allSatisfy(
                        reply -> {
                            assertThat(reply.text("status")).isEqualTo("rejected");
                            assertThat(reply.json().at("/rejection/code").asString())
                                    .isEqualTo("duplicate");
                        });
        assertThat(balance(user)).isEqualTo("5.00");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_batch_is_one_message(boolean atomic) {
        var user = TestWallet.somebody();
        var item = TestWallet.deposit(user, "1.00").substring(1);
        var batch =
                "{\"atomic\":%s,\"commands\":[{\"type\":\"deposit\",%s,{\"type\":\"deposit\",%s]}"
                        .formatted(atomic, item, item);
        var reply = wallet().post("system", "/batch", batch, ASYNC);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("transactions")).hasSize(2);
        outcome(reply);
        Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> balance(user).equals("2.00"));
    }

    @Test
    void of_a_partial_batch_the_well_formed_commands_are_queued() {
        var user = TestWallet.somebody();
        var item = TestWallet.deposit(user, "1.00").substring(1);
        var batch = "{\"partial\":true,\"commands\":[17,{\"type\":\"deposit\",%s]}".formatted(item);
        var reply = wallet().post("system", "/batch", batch, ASYNC);
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("transactions")).hasSize(1);
        assertThat(reply.json().at("/malformed/0/index").asInt(-1)).isZero();
        outcome(reply);
        assertThat(balance(user)).isEqualTo("1.00");
    }

    @Test
    void the_order_of_one_user_is_kept() {
        var user = TestWallet.somebody();
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 200; i++) {
            ids.add(queue.produce(user, "deposit", "1.00"));
            ids.add(queue.produce(user, "withdraw", "1.00"));
        }
        queue.awaitProcessed();

        assertThat(balance(user)).isEqualTo("0.00");
        for (var id : ids) {
            assertThat(wallet().get("system", "/transactions/" + id).text("status"))
                    .isEqualTo("posted");
        }
    }

    @Test
    void another_service_may_send_commands_directly() {
        var user = TestWallet.somebody();
        var id = queue.produce(user, "deposit", "3.00");
        queue.awaitProcessed();
        var found = wallet().get("system", "/transactions/" + id);

        assertThat(found.text("authenticated_as")).isEqualTo("orders");
        assertThat(found.text("role")).isEqualTo("system");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json | malformed_json",
                "{\"specversion\":\"0.3\"} | wrong_specversion",
                "$.wallet.command.v1=wallet.command.v9 | unknown_type",
                "$.\"1.00\"=\"1.001\" | amount_precision",
                "$.\"1.00\"=1e0 | amount_malformed",
                "$.deposit=freeze | not_queueable",
                "$.deposit=payout | invalid_field",
                "$.deposit=settlement | invalid_field",
                "$.deposit=reversal | invalid_field",
                "$.\"user_id\"=\"usr_id\" | unknown_field",
                "$.\"orders\"=\"or ders\" | invalid_attribute",
                "id | invalid_id"
            })
    void what_cannot_be_understood_becomes_a_dead_letter_and_blocks_nothing(
            String change, String reason) {
        var user = TestWallet.somebody();
        queue.send(user, changed(queue.command(user, "deposit", "1.00"), change));
        queue.produce(user, "deposit", "2.00");
        queue.awaitProcessed();

        assertThat(balance(user)).isEqualTo("2.00");
        var letter = queue.letters().last();
        assertThat(Letters.header(letter, "dead-reason")).isEqualTo(reason);
        assertThat(Letters.header(letter, "dead-topic")).isEqualTo(Topic.COMMANDS.word());
        assertThat(new String(letter.key(), UTF_8)).isEqualTo(user);
    }

    @Test
    void a_forged_signature_is_not_believed() {
        var user = TestWallet.somebody();
        var command =
                queue.command(user, "deposit", "1.00")
                        .replace(
                                "\"subject\"",
                                "\"callerid\":\"boss\",\"callerrole\":\"admin\",\"subject\"");
        var message =
                new ProducerRecord<>(
                        Topic.COMMANDS.word(), user.getBytes(UTF_8), command.getBytes(UTF_8));
        message.headers().add(Message.SIGNATURE_HEADER, new byte[32]);
        queue.send(message);
        queue.awaitProcessed();

        assertThat(Letters.header(queue.letters().last(), "dead-reason"))
                .isEqualTo("bad_signature");
        assertThat(wallet().get("system", "/wallets/" + user).status()).isEqualTo(404);
    }

    @Test
    void a_second_command_under_one_id_is_a_dead_letter() {
        var user = TestWallet.somebody();
        var command = queue.command(user, "deposit", "1.00");
        queue.send(user, command);
        queue.send(user, command);
        queue.send(user, command.replace("1.00", "7.00"));
        queue.awaitProcessed();

        assertThat(balance(user)).isEqualTo("1.00");
        assertThat(Letters.header(queue.letters().last(), "dead-reason")).isEqualTo("id_taken");
    }

    private static String changed(String command, String change) {
        if (change.equals("id")) {
            var id = command.replaceAll("(?s).*\"id\":\"([^\"]*)\".*", "$1");
            return command.replace(id, UuidCreator.getRandomBased().toString());
        }
        if (change.startsWith("$.")) {
            int equals = change.indexOf('=');
            return command.replace(change.substring(2, equals), change.substring(equals + 1));
        }
        return change;
    }

    private static TestWallet.Reply outcome(TestWallet.Reply queued) {
        var location = Objects.requireNonNull(queued.header("Location"));
        Awaitility.await()
                .atMost(5, TimeUnit.MINUTES)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !wallet().get("system", location).text("status").equals("queued"));
        return wallet().get("system", location);
    }

    private static String balance(String user) {
        return wallet().get("system", "/wallets/" + user + "/balance").text("amount");
    }

    private static TestWallet wallet() {
        return queue.wallet();
    }
}
