package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.server.TestWallet.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests that are wrong on purpose: each is refused with its code, and nothing changes. */
final class HostileRequestsIT {

    private static final List<String> VERBS =
            List.of("/deposit", "/withdraw", "/purchase", "/refund");

    private final TestWallet wallet = TestWallet.shared();

    @Test
    void every_hostile_body_is_refused_by_every_verb_with_its_code() {
        var user = wallet.aWalletWith("10.00");
        var before = wallet.get("system", "/wallets/" + user).body();
        var wrong = new ArrayList<String>();
        for (var verb : VERBS) {
            bodies(user)
                    .forEach(
                            (body, code) ->
                                    check(
                                            verb,
                                            body,
                                            code,
                                            wallet.post("system", verb, body),
                                            wrong));
        }
        assertThat(wrong).isEmpty();
        assertThat(wallet.get("system", "/wallets/" + user).body()).isEqualTo(before);
    }

    @Test
    void every_hostile_header_is_refused_by_every_verb_with_its_code() {
        var user = wallet.aWalletWith("10.00");
        var body = TestWallet.deposit(user, "1.00");
        var wrong = new ArrayList<String>();
        for (var verb : VERBS) {
            checkHeaders(verb, body, wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private void checkHeaders(String verb, String body, List<String> wrong) {
        for (var type :
                List.of("text/plain", "application/xml", "application/json;charset=latin1", "x")) {
            var request = wallet.request(verb).header("Content-Type", type);
            check(verb, type, "unsupported_media_type", authorized(request, body), wrong);
        }
        check(
                verb,
                "gzip",
                "unsupported_media_type",
                with(verb, "Content-Encoding", "gzip", body),
                wrong);
        check(verb, "accept", "not_acceptable", with(verb, "Accept", "text/html", body), wrong);
        check(
                verb,
                "key",
                "invalid_idempotency_key",
                with(verb, "Idempotency-Key", "k".repeat(256), body),
                wrong);
        check(
                verb,
                "empty key",
                "invalid_idempotency_key",
                with(verb, "Idempotency-Key", "", body),
                wrong);
        check(
                verb,
                "query",
                "unknown_field",
                wallet.post("system", verb + "?amount=2", body),
                wrong);
        check(verb, "get", "method_not_allowed", wallet.get("system", verb), wrong);
    }

    @Test
    void every_hostile_query_is_refused_with_its_code() {
        var user = wallet.aWalletWith("10.00");
        var history = "/wallets/" + user + "/transactions";
        var queries =
                Map.ofEntries(
                        Map.entry(history + "?limit=0", "invalid_parameter"),
                        Map.entry(history + "?limit=201", "invalid_parameter"),
                        Map.entry(history + "?limit=1e1", "invalid_parameter"),
                        Map.entry(history + "?limit=1&limit=2", "duplicate_field"),
                        Map.entry(history + "?limits=1", "unknown_field"),
                        Map.entry(history + "?cursor=x", "invalid_cursor"),
                        Map.entry(history + "?from=yesterday", "invalid_parameter"),
                        Map.entry(history + "?type=theft", "invalid_parameter"),
                        Map.entry(history + "?currency=usd", "unknown_currency"),
                        Map.entry("/wallets/a%20b", "invalid_identifier"),
                        Map.entry("/wallets/" + "a".repeat(65), "invalid_identifier"),
                        Map.entry("/transactions/1-1-1-1-1", "invalid_identifier"),
                        Map.entry("/transactions?status=odd", "invalid_parameter"),
                        Map.entry("/nothing", "not_found"));
        var wrong = new ArrayList<String>();
        queries.forEach((path, code) -> check(path, "", code, wallet.get("system", path), wrong));
        assertThat(wrong).isEmpty();
    }

    private static void check(
            String where, String what, String code, Reply reply, List<String> wrong) {
        boolean refused = reply.status() >= 400 && reply.status() < 500;
        if (!refused
                || !reply.code().equals(code)
                || reply.header("X-Request-Id") == null
                || !"application/problem+json".equals(reply.header("Content-Type"))) {
            var shown = what.substring(0, Math.min(80, what.length()));
            wrong.add(where + " " + shown + " expected " + code + ": " + reply.body());
        }
    }

    private Reply with(String path, String header, String value, String body) {
        return wallet.post("system", path, body, Map.of(header, value));
    }

    private Reply authorized(HttpRequest.Builder request, String body) {
        return wallet.send(
                request.header("Authorization", "Bearer " + wallet.token("system"))
                        .POST(BodyPublishers.ofString(body)));
    }

    private static Map<String, String> bodies(String user) {
        var bodies = new LinkedHashMap<String, String>();
        var good = TestWallet.deposit(user, "1.00");
        for (var text :
                List.of(
                        "",
                        "nonsense",
                        "[]",
                        "\"x\"",
                        "7",
                        "null",
                        "{",
                        "{}{}",
                        "{'a':1}",
                        "{a:1}")) {
            bodies.put(text, "malformed_json");
        }
        bodies.put(good.replace("}", ",}"), "malformed_json");
        bodies.put(good.replace("\"1.00\"", "NaN"), "malformed_json");
        bodies.put(good.replace("\"1.00\"", "01"), "malformed_json");
        bodies.put(good + "x", "malformed_json");
        bodies.put("{\"a\":" + "[".repeat(8) + "]".repeat(8) + "}", "too_deep");
        bodies.put("{\"a\":" + "[".repeat(20_000), "too_deep");
        bodies.put(good.replace("system", "s".repeat(70_000)), "body_too_large");
        bodies.put(good.replace("amount", "amout"), "unknown_field");
        bodies.put(good.replace("}", ",\"amount\":\"1.00\"}"), "duplicate_field");
        bodies.put("{}", "missing_field");
        bodies.put(good.replace("\"" + user + "\"", "null"), "missing_field");
        putWrongAmounts(bodies, good);
        putWrongFields(bodies, good, user);
        return bodies;
    }

    private static void putWrongAmounts(Map<String, String> bodies, String good) {
        for (var amount :
                List.of(
                        "1e2",
                        "\"1e2\"",
                        "\"+1\"",
                        "\" 1\"",
                        "\"1 \"",
                        "\"0x1\"",
                        "\"1,00\"",
                        "\"1.\"",
                        "\".5\"",
                        "\"\"",
                        "\"-\"",
                        "\"\u0661\"",
                        "true",
                        "{}",
                        "[]")) {
            bodies.put(good.replace("\"1.00\"", amount), "amount_malformed");
        }
        bodies.put(good.replace("1.00", "1.001"), "amount_precision");
        bodies.put(good.replace("1.00", "0"), "amount_not_positive");
        bodies.put(good.replace("1.00", "-1"), "amount_not_positive");
        bodies.put(good.replace("1.00", "1000000000.01"), "amount_too_large");
    }

    private static void putWrongFields(Map<String, String> bodies, String good, String user) {
        for (var id :
                List.of(
                        "\"\"",
                        "\"a b\"",
                        "\"\u00e9\"",
                        "1.5",
                        "true",
                        "{}",
                        "\"" + "a".repeat(65) + "\"")) {
            bodies.put(good.replace("\"" + user + "\"", id), "invalid_identifier");
        }
        for (var currency : List.of("\"usd\"", "\"XXX\"", "\"\"", "5")) {
            bodies.put(good.replace("}", ",\"currency\":" + currency + "}"), "unknown_currency");
        }
        bodies.put(
                good.replace("}", ",\"description\":\"" + "d".repeat(257) + "\"}"), "invalid_text");
        bodies.put(good.replace("}", ",\"description\":\"\\ud800\"}"), "invalid_text");
        bodies.put(good.replace("}", ",\"metadata\":{\"a\":1}}"), "invalid_metadata");
        bodies.put(good.replace("}", ",\"metadata\":[]}"), "invalid_metadata");
    }
}
