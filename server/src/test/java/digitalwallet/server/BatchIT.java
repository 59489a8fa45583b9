package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Many commands in one request: each for itself, or all of them or none. */
final class BatchIT {

    private final TestWallet wallet = TestWallet.shared();
    private final String user = wallet.aWalletWith("10.00");

    @Test
    void each_command_has_its_own_answer() {
        var reply =
                send(
                        batch(
                                false,
                                command("withdraw", "4.00"),
                                command("withdraw", "40.00"),
                                command("deposit", "1.00")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(statuses(reply)).containsExactly(201, 422, 201);
        assertThat(reply.json().at("/results/1/body/code").asString())
                .isEqualTo("insufficient_funds");
        assertThat(balance()).isEqualTo("7.00");
    }

    @Test
    void an_atomic_batch_is_posted_as_a_whole() {
        var reply = send(batch(true, command("withdraw", "10.00"), command("deposit", "3.00")));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(statuses(reply)).containsExactly(201, 201);
        assertThat(balance()).isEqualTo("3.00");
    }

    @Test
    void an_atomic_batch_with_one_rejection_leaves_nothing_behind() {
        var reply =
                send(
                        batch(
                                true,
                                command("deposit", "3.00"),
                                command("withdraw", "13.01"),
                                command("deposit", "5.00")));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("insufficient_funds");
        assertThat(reply.json().path("failed_index").asInt()).isEqualTo(1);
        assertThat(balance()).isEqualTo("10.00");
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void one_malformed_command_stops_the_whole_batch_and_is_named() {
        var bad = command("deposit", "1.00").replace("1.00", "1.001");
        for (boolean atomic : List.of(false, true)) {
            var reply = send(batch(atomic, command("deposit", "1.00"), bad));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("amount_precision");
            assertThat(reply.json().path("index").asInt()).isEqualTo(1);
        }
        assertThat(balance()).isEqualTo("10.00");
    }

    @Test
    void a_command_a_user_may_not_send_stops_his_batch() {
        var own = command("withdraw", "1.00").replace("\"system\"", "\"" + user + "\"");
        var foreign = own.replace("\"user_id\":\"" + user, "\"user_id\":\"somebody");
        var reply = wallet.post("user:" + user, "/batch", batch(false, own, foreign));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().path("index").asInt()).isEqualTo(1);
        assertThat(balance()).isEqualTo("10.00");
    }

    @Test
    void a_key_for_the_batch_has_one_effect_and_one_answer() {
        for (boolean atomic : List.of(false, true)) {
            var key = Map.of("Idempotency-Key", "batch-" + atomic + "-" + user);
            var body = batch(atomic, command("withdraw", "1.00"), command("deposit", "2.00"));
            var first = wallet.post("system", "/batch", body, key);
            var again = wallet.post("system", "/batch", body, key);
            assertThat(again.status()).isEqualTo(first.status());
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
            var other = batch(atomic, command("withdraw", "2.00"), command("deposit", "2.00"));
            assertThat(wallet.post("system", "/batch", other, key).code())
                    .isEqualTo("idempotency_key_reused");
        }
        assertThat(balance()).isEqualTo("12.00");
    }

    @Test
    void a_key_of_a_command_has_one_effect() {
        var keyed = keyed(command("deposit", "1.00"), "c-" + user);
        var first = send(batch(false, keyed, command("deposit", "2.00")));
        var again = send(batch(false, keyed));
        assertThat(again.json().at("/results/0/body").toString())
                .isEqualTo(first.json().at("/results/0/body").toString());
        var twice = send(batch(false, keyed(command("deposit", "9.00"), "c-" + user)));
        assertThat(twice.json().at("/results/0/body/code").asString())
                .isEqualTo("idempotency_key_reused");
        assertThat(balance()).isEqualTo("13.00");
    }

    @Test
    void commands_of_one_user_are_posted_in_their_order() {
        var steps =
                IntStream.range(0, 500)
                        .mapToObj(i -> command(i % 2 == 0 ? "withdraw" : "deposit", "10.00"))
                        .toArray(String[]::new);
        var reply = send(batch(false, steps));
        assertThat(statuses(reply)).hasSize(500).containsOnly(201);
        var versions =
                StreamSupport.stream(reply.json().path("results").spliterator(), false)
                        .map(result -> result.at("/body/balance/version").asLong())
                        .toList();
        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_batch_has_its_limits() {
        var many = IntStream.range(0, 1_001).mapToObj(_ -> command("deposit", "1.00"));
        var tooMany = many.toArray(String[]::new);
        assertThat(send(batch(false, tooMany)).code()).isEqualTo("too_many_commands");
        var group = Arrays.copyOf(tooMany, 101);
        assertThat(send(batch(true, group)).code()).isEqualTo("too_many_commands");
        assertThat(send(batch(true, Arrays.copyOf(tooMany, 100))).status()).isEqualTo(201);
        assertThat(balance()).isEqualTo("110.00");
    }

    @Test
    void all_malformed_commands_of_a_batch_are_named() {
        var good = command("deposit", "1.00");
        var reply =
                send(
                        batch(
                                false,
                                good,
                                command("deposit", "1.001"),
                                good.replace("user_id", "user"),
                                "17"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("amount_precision");
        assertThat(reply.json().path("index").asInt()).isEqualTo(1);
        assertThat(reply.json().path("malformed_count").asInt()).isEqualTo(3);
        var named = reply.json().path("malformed");
        assertThat(named.size()).isEqualTo(3);
        assertThat(named.path(0).path("field").asString()).isEqualTo("amount");
        assertThat(named.path(1).path("index").asInt()).isEqualTo(2);
        assertThat(named.path(1).path("code").asString()).isEqualTo("unknown_field");
        assertThat(named.path(2).path("code").asString()).isEqualTo("invalid_field");
        var many = IntStream.range(0, 1_000).mapToObj(_ -> "17").toArray(String[]::new);
        var bounded = send(batch(false, many)).json();
        assertThat(bounded.path("malformed_count").asInt()).isEqualTo(1_000);
        assertThat(bounded.path("malformed").size()).isEqualTo(20);
        assertThat(balance()).isEqualTo("10.00");
    }

    @Test
    void a_partial_batch_posts_what_is_well_formed() {
        var good = command("deposit", "1.00");
        var bad = command("deposit", "1.001");
        var reply = send(partial(batch(false, bad, good, "17", command("withdraw", "99.00"))));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(statuses(reply)).containsExactly(400, 201, 400, 422);
        assertThat(reply.json().at("/results/0/body/code").asString())
                .isEqualTo("amount_precision");
        assertThat(balance()).isEqualTo("11.00");
        var none = send(partial(batch(false, bad, "17")));
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json().path("malformed_count").asInt()).isEqualTo(2);
        var atomic = send(partial(batch(true, good)));
        assertThat(atomic.json().path("field").asString()).isEqualTo("partial");
        assertThat(
                        send(batch(false, good).replace("{\"atomic\"", "{\"partial\":1,\"atomic\""))
                                .code())
                .isEqualTo("invalid_field");
        assertThat(balance()).isEqualTo("11.00");
    }

    @Test
    void a_partial_batch_has_one_effect_under_its_key() {
        var key = Map.of("Idempotency-Key", "partial-" + user);
        var body =
                partial(batch(false, "17", command("deposit", "1.00"), command("deposit", "2.00")));
        var first = wallet.post("system", "/batch", body, key);
        var again = wallet.post("system", "/batch", body, key);
        assertThat(statuses(first)).containsExactly(400, 201, 201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().at("/results/1")).isEqualTo(first.json().at("/results/1"));
        assertThat(again.json().at("/results/2")).isEqualTo(first.json().at("/results/2"));
        var mended =
                partial(
                        batch(
                                false,
                                command("deposit", "4.00"),
                                command("deposit", "1.00"),
                                command("deposit", "2.00")));
        assertThat(wallet.post("system", "/batch", mended, key).code())
                .isEqualTo("idempotency_key_reused");
        assertThat(wallet.post("system", "/deposit", TestWallet.deposit(user, "9.00"), key).code())
                .isEqualTo("idempotency_key_reused");
        assertThat(balance()).isEqualTo("13.00");
    }

    private static String partial(String batch) {
        return batch.replace("{\"atomic\"", "{\"partial\":true,\"atomic\"");
    }

    private TestWallet.Reply send(String body) {
        return wallet.post("system", "/batch", body);
    }

    private static List<Integer> statuses(TestWallet.Reply reply) {
        return StreamSupport.stream(reply.json().path("results").spliterator(), false)
                .map(result -> result.path("status").asInt())
                .toList();
    }

    private static String batch(boolean atomic, String... commands) {
        return List.of(commands).stream()
                .collect(
                        Collectors.joining(",", "{\"atomic\":" + atomic + ",\"commands\":[", "]}"));
    }

    private String command(String type, String amount) {
        return "{\"type\":\"" + type + "\"," + TestWallet.deposit(user, amount).substring(1);
    }

    private static String keyed(String command, String key) {
        return command.replace("}", ",\"idempotency_key\":\"" + key + "\"}");
    }

    private String balance() {
        return wallet.get("system", "/wallets/" + user + "/balance").text("amount");
    }

    private long version() {
        return wallet.get("system", "/wallets/" + user + "/balance")
                .json()
                .path("version")
                .asLong();
    }
}
