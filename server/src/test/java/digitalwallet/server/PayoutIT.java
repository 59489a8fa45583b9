package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Withdrawals that say where the money goes. */
final class PayoutIT {

    private static final String TARGET = "{\"method\":\"iban;a=1\",\"destination\":\"DE 00 1\"}";

    private final TestWallet wallet = TestWallet.shared();
    private final String user = wallet.aWalletWith("10.00");

    @Test
    void a_withdrawal_with_a_target_is_a_payout() {
        var reply = wallet.post("system", "/withdraw", body("4.00", TARGET));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().at("/transaction/type").asString()).isEqualTo("payout");
        assertThat(reply.json().at("/transaction/payout").toString()).isEqualTo(TARGET);
        assertThat(reply.json().at("/balance/amount").asString()).isEqualTo("6.00");
        var id = reply.json().at("/transaction/id").asString();
        var seen = wallet.get("user:" + user, "/transactions/" + id).json();
        assertThat(seen.path("payout").toString()).isEqualTo(TARGET);
        var found = wallet.get("system", "/wallets/" + user + "/transactions?type=payout").json();
        assertThat(found.at("/data/0/id").asString()).isEqualTo(id);
        assertThat(found.at("/data/0/payout").toString()).isEqualTo(TARGET);
        var withdrawals =
                wallet.get("system", "/wallets/" + user + "/transactions?type=withdraw").json();
        assertThat(withdrawals.at("/data/0/id").asString()).isEqualTo(id);
        var searched = wallet.get("system", "/transactions?type=withdraw&user_id=" + user).json();
        assertThat(searched.path("data").size()).isEqualTo(1);
        assertThat(searched.at("/data/0/id").asString()).isEqualTo(id);
    }

    @Test
    void one_without_a_target_goes_to_the_bank_as_ever() {
        var reply = wallet.post("system", "/withdraw", TestWallet.deposit(user, "1.00"));
        assertThat(reply.json().at("/transaction/type").asString()).isEqualTo("withdraw");
        assertThat(reply.json().at("/transaction").has("payout")).isFalse();
    }

    @Test
    void the_target_belongs_to_what_a_key_means() {
        var key = Map.of("Idempotency-Key", "payout of " + user);
        var body = body("1.00", TARGET);
        var first = wallet.post("system", "/withdraw", body, key);
        var again = wallet.post("system", "/withdraw", body, key);
        var other = body.replace("DE 00 1", "DE 00 2");

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(wallet.post("system", "/withdraw", other, key).code())
                .isEqualTo("idempotency_key_reused");
    }

    @Test
    void a_batch_may_pay_out() {
        var item = "{\"type\":\"withdraw\"," + body("1.00", TARGET).substring(1);
        var reply = wallet.post("system", "/batch", "{\"commands\":[" + item + "]}");
        assertThat(reply.json().at("/results/0/body/transaction/type").asString())
                .isEqualTo("payout");
    }

    @Test
    void it_is_counted_as_a_payout_however_it_came() throws Exception {
        long before = counted("payout");
        long withdrawals = counted("withdraw");
        wallet.post("system", "/withdraw", body("1.00", TARGET));
        var item = "{\"type\":\"withdraw\"," + body("1.00", TARGET).substring(1);
        wallet.post("system", "/batch", "{\"commands\":[" + item + "]}");

        assertThat(counted("payout")).isEqualTo(before + 2);
        assertThat(counted("withdraw")).isEqualTo(withdrawals);
    }

    private long counted(String type) throws Exception {
        var address = "http://127.0.0.1:" + wallet.server().managementPort() + "/metrics";
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(address)).build();
            var name = "wallet_outcomes_seconds_count{code=\"posted\",type=\"" + type + "\"} ";
            return http.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.substring(name.length())))
                    .sum();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"payout", "settlement", "reversal"})
    void nobody_asks_for_what_payouts_become(String type) {
        var item = "{\"type\":\"" + type + "\"," + body("1.00", TARGET).substring(1);
        var reply = wallet.post("system", "/batch", "{\"commands\":[" + item + "]}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_field");
        assertThat(reply.text("detail")).doesNotContain(type);
        var search = wallet.get("admin", "/transactions?type=" + type);
        assertThat(search.status()).as(search.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7 | invalid_field",
                "\"iban\" | invalid_field",
                "[] | invalid_field",
                "{} | missing_field",
                "{\"method\":\"m\"} | missing_field",
                "{\"destination\":\"d\"} | missing_field",
                "{\"method\":null,\"destination\":\"d\"} | missing_field",
                "{\"method\":\"m\",\"destination\":null} | missing_field",
                "{\"method\":\"m\",\"destination\":\"d\",\"x\":1} | unknown_field",
                "{\"Method\":\"m\",\"destination\":\"d\"} | unknown_field",
                "{\"method\":\"\",\"destination\":\"d\"} | invalid_identifier",
                "{\"method\":\"m m\",\"destination\":\"d\"} | invalid_identifier",
                "{\"method\":7,\"destination\":\"d\"} | invalid_identifier",
                "{\"method\":{},\"destination\":\"d\"} | invalid_identifier",
                "{\"method\":\"m\",\"destination\":\"\"} | invalid_text",
                "{\"method\":\"m\",\"destination\":7} | invalid_text",
                "{\"method\":\"unheard-of\",\"destination\":\"d\"} | invalid_method",
                "null | invalid_field"
            })
    void a_target_that_is_none_is_refused(String target, String code) {
        var reply = wallet.post("system", "/withdraw", body("1.00", target));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.text("field")).startsWith("payout");
        assertThat(wallet.get("system", "/wallets/" + user + "/balance").text("amount"))
                .isEqualTo("10.00");
    }

    @Test
    void a_target_is_read_as_strictly_as_the_rest() {
        assertThat(refused("{\"method\":\"m\",\"method\":\"m\",\"destination\":\"d\"}"))
                .isEqualTo("duplicate_field");
        assertThat(refused(target("m", "\\ud800"))).isEqualTo("invalid_text");
        assertThat(refused(target("m", "\\u0000"))).isEqualTo("invalid_text");
    }

    @Test
    void targets_have_their_lengths() {
        var method = "m".repeat(64);
        var destination = "d".repeat(256);
        var longest = target(method, destination);
        assertThat(wallet.post("system", "/withdraw", body("1.00", longest)).status())
                .isEqualTo(201);
        assertThat(refused(target(method + "m", destination))).isEqualTo("invalid_identifier");
        assertThat(refused(target(method, destination + "d"))).isEqualTo("invalid_text");
    }

    @Test
    void only_withdrawals_have_a_target() {
        for (var path : new String[] {"/deposit", "/purchase", "/refund"}) {
            assertThat(wallet.post("system", path, body("1.00", TARGET)).code())
                    .isEqualTo("unknown_field");
        }
    }

    @Test
    void what_is_under_way_stands_in_the_consistency_check() {
        wallet.post("system", "/withdraw", body("4.00", TARGET));
        var check = wallet.get("admin", "/consistency-check").json();
        assertThat(check.path("consistent").asBoolean()).isTrue();
        var sums = check.at("/currencies/0");
        assertThat(sums.has("reversals")).isTrue();
        assertThat(sums.has("in_transit")).isTrue();
    }

    private String refused(String target) {
        return wallet.post("system", "/withdraw", body("1.00", target)).code();
    }

    private static String target(String method, String destination) {
        return "{\"method\":\"" + method + "\",\"destination\":\"" + destination + "\"}";
    }

    private String body(String amount, String target) {
        return TestWallet.deposit(user, amount).replace("}", ",\"payout\":" + target + "}");
    }
}
