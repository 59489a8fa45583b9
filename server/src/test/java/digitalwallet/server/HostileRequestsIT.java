package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.server.TestWallet.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Requests that are wrong on purpose: each is refused with its code, and nothing changes. */
final class HostileRequestsIT {

    private static final int BODY_BYTES_MAX = 64 << 10;
    private static final int BATCH_BYTES_MAX = 1 << 20;

    private final TestWallet wallet = TestWallet.shared();
    private final String user = wallet.aWalletWith("10.00");
    private final String friend = wallet.aWalletWith("10.00");

    @Test
    void every_hostile_body_is_refused_by_every_endpoint_with_its_code() {
        var before = state();
        var wrong = new ArrayList<String>();
        good().forEach(
                        (path, good) ->
                                hostile(path, good)
                                        .forEach(
                                                (body, code) ->
                                                        check(
                                                                path,
                                                                body,
                                                                code,
                                                                wallet.post(
                                                                        caller(path), path, body),
                                                                wrong)));
        assertThat(wrong).isEmpty();
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void every_hostile_command_is_refused_in_a_batch_with_its_code_and_place() {
        var before = state();
        var wrong = new ArrayList<String>();
        for (var type : List.of("deposit", "withdraw", "purchase", "refund", "transfer")) {
            var good = good("/" + type);
            var item = "{\"type\":\"" + type + "\"," + good.substring(1);
            new HostileBodies(item)
                    .withAmounts()
                    .withIdentifiers(user)
                    .all()
                    .forEach(
                            (body, code) -> {
                                var batch = "{\"commands\":[" + item + "," + body + "]}";
                                var reply = wallet.post("system", "/batch", batch);
                                check("/batch", body, code, reply, wrong);
                            });
        }
        assertThat(wrong).isEmpty();
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void every_hostile_batch_is_refused_with_its_code() {
        var item = "{\"type\":\"deposit\"," + good("/deposit").substring(1);
        var batches = new LinkedHashMap<String, String>();
        batches.put("{\"commands\":[]}", "invalid_field");
        batches.put("{\"commands\":{}}", "invalid_field");
        batches.put("{\"commands\":[7]}", "invalid_field");
        batches.put("{\"commands\":[" + item + "],\"atomic\":\"yes\"}", "invalid_field");
        batches.put("{\"commands\":[" + item.replace("deposit", "steal") + "]}", "invalid_field");
        batches.put("{\"commands\":[{}]}", "missing_field");
        batches.put("{\"commands\":[" + item + "],\"x\":1}", "unknown_field");
        batches.put(
                "{\"commands\":[" + item.replace("}", ",\"idempotency_key\":\"\"}") + "]}",
                "invalid_idempotency_key");
        var wrong = new ArrayList<String>();
        batches.forEach(
                (body, code) ->
                        check("/batch", body, code, wallet.post("system", "/batch", body), wrong));
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_hostile_header_is_refused_by_every_endpoint_with_its_code() {
        var before = state();
        var wrong = new ArrayList<String>();
        good().forEach((path, body) -> checkHeaders(path, body, wrong));
        assertThat(wrong).isEmpty();
        assertThat(state()).isEqualTo(before);
    }

    /** Every path that changes something, with a body that would do so. */
    private Map<String, String> good() {
        var money = TestWallet.deposit(user, "1.00");
        var transfer =
                money.replace("user_id", "from_user_id")
                        .replace("{", "{\"to_user_id\":\"" + friend + "\",");
        var reason = "{\"initiated_by\":\"system\",\"reason\":\"a test\"}";
        var paths = new LinkedHashMap<String, String>();
        for (var verb : List.of("/deposit", "/withdraw", "/purchase", "/refund")) {
            paths.put(verb, money);
        }
        paths.put("/transfer", transfer);
        paths.put("/wallets", money.replace("\"amount\":\"1.00\"", "\"currency\":\"EUR\""));
        for (var verb : List.of("freeze", "unfreeze", "close", "reopen")) {
            paths.put("/wallets/" + user + "/" + verb, reason);
        }
        paths.put("/batch", "{\"commands\":[{\"type\":\"deposit\"," + money.substring(1) + "]}");
        return paths;
    }

    private String good(String path) {
        return Objects.requireNonNull(good().get(path));
    }

    private Map<String, String> hostile(String path, String good) {
        if (path.equals("/batch")) {
            return new HostileBodies(good).withoutForm(BATCH_BYTES_MAX).all();
        }
        var bodies = new HostileBodies(good).withoutForm(BODY_BYTES_MAX);
        if (good.contains("\"amount\"")) {
            bodies.withAmounts().ofOneCommand();
        }
        if (good.contains("\"" + user + "\"")) {
            bodies.withIdentifiers(user);
        }
        return bodies.all();
    }

    /**
     * Only employees change a wallet's status; the one here is called system, as the bodies say.
     */
    private String caller(String path) {
        return path.startsWith("/wallets/" + user) ? "admin:system" : "system";
    }

    private String state() {
        return wallet.get("system", "/wallets/" + user).body()
                + wallet.get("system", "/wallets/" + friend).body();
    }

    private void checkHeaders(String verb, String body, List<String> wrong) {
        for (var type :
                List.of("text/plain", "application/xml", "application/json;charset=latin1", "x")) {
            var request = wallet.request(verb).header("Content-Type", type);
            check(
                    verb,
                    type,
                    "unsupported_media_type",
                    authorized(request, caller(verb), body),
                    wrong);
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
                wallet.post(caller(verb), verb + "?amount=2", body),
                wrong);
        check(verb, "get", "method_not_allowed", wallet.get("system", verb), wrong);
    }

    @Test
    void every_hostile_query_is_refused_with_its_code() {
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
        return wallet.post(caller(path), path, body, Map.of(header, value));
    }

    private Reply authorized(HttpRequest.Builder request, String caller, String body) {
        return wallet.send(
                request.header("Authorization", "Bearer " + wallet.token(caller))
                        .POST(BodyPublishers.ofString(body)));
    }
}
