package digitalwallet.payments.server;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.Contract;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests who may do what, what is refused and how, and what a repeated request does. */
final class ApiIT {

    private final TestPayments payments = TestPayments.shared();

    @ParameterizedTest
    @CsvSource({
        "user, 202, 403, 200, 404, 200, 403",
        "system, 202, 202, 200, 200, 200, 403",
        "support, 403, 403, 200, 200, 403, 403",
        "auditor, 403, 403, 200, 200, 200, 200",
        "admin, 403, 403, 200, 200, 200, 200",
        "nobody, 401, 401, 401, 401, 401, 401",
    })
    void every_role_may_do_what_the_table_says_and_no_more(
            String role, int own, int others, int readOwn, int readOthers, int list, int report) {
        var mine = payments.aTopUp("me", "1.00", "sandbox:ok");
        var theirs = payments.aTopUp("other", "1.00", "sandbox:ok");
        var caller = role.equals("nobody") ? "" : role + ":me";
        assertThat(topUp(caller, "me")).isEqualTo(own);
        assertThat(topUp(caller, "other")).isEqualTo(others);
        assertThat(get(caller, "/payments/" + mine)).isEqualTo(readOwn);
        assertThat(get(caller, "/payments/" + theirs)).isEqualTo(readOthers);
        assertThat(get(caller, "/payments")).isEqualTo(list);
        assertThat(get(caller, "/payments/reconciliation")).isEqualTo(report);
    }

    private int topUp(String caller, String user) {
        var request =
                payments.request("/payments/top-ups")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(
                                BodyPublishers.ofString(
                                        TestPayments.order(user, "1.00", "sandbox:ok")));
        if (!caller.isEmpty()) {
            request.header("Authorization", "Bearer " + payments.token(caller));
        }
        return payments.send(request).status();
    }

    private int get(String caller, String path) {
        return caller.isEmpty()
                ? payments.send(payments.request(path).GET()).status()
                : payments.get(caller, path).status();
    }

    /** Neither can be stored, nor written in an event. */
    @Test
    void no_field_and_no_parameter_takes_half_a_surrogate_or_nul() {
        var fields = List.of("user_id", "amount", "currency", "method", "initiated_by");
        for (var bad : List.of("\\ud800", "a\\udfffb", "a\\u0000")) {
            for (var field : fields) {
                var order = TestPayments.order("me", "1.00", "sandbox:ok");
                var given = order.replaceAll(",?\"" + field + "\":\"[^\"]*\"", "");
                var body =
                        given.replaceFirst(
                                "\\{,?",
                                "{\"" + field + "\":\"" + bad.replace("\\", "\\\\") + "\",");
                var reply = payments.topUp("system", UUID.randomUUID().toString(), body);
                assertThat(reply.status()).as("%s: %s", body, reply).isEqualTo(400);
            }
        }
        var paths =
                List.of(
                        "/payments?user_id=",
                        "/payments?state=",
                        "/payments?kind=",
                        "/payments?cursor=",
                        "/payments?limit=",
                        "/payments?",
                        "/payments/");
        for (var path : paths) {
            for (var bad : List.of("%00", "a%00b", "%ED%A0%80")) {
                var reply = payments.get("admin", path + bad);
                assertThat(reply.status()).as("%s%s: %s", path, bad, reply).isEqualTo(400);
            }
        }
    }

    @Test
    void a_token_that_is_not_ours_is_refused() {
        var past = Date.from(Instant.now().minusSeconds(60));
        var refused =
                List.of(
                        payments.tokenWith(claims -> claims.issuer("http://elsewhere")),
                        payments.tokenWith(claims -> claims.audience("elsewhere")),
                        payments.tokenWith(claims -> claims.expirationTime(past)),
                        payments.tokenWith(claims -> claims.expirationTime(null)),
                        payments.tokenWith(claims -> claims.subject(null)),
                        payments.token("system") + "x",
                        "nonsense");
        for (var token : refused) {
            var reply =
                    payments.send(
                            payments.request("/payments")
                                    .header("Authorization", "Bearer " + token)
                                    .GET());
            assertThat(reply.status()).as(token).isEqualTo(401);
            assertThat(reply.code()).isEqualTo("unauthorized");
        }
        var noRole = payments.tokenWith(claims -> claims.claim("roles", List.of("god")));
        var reply =
                payments.send(
                        payments.request("/payments")
                                .header("Authorization", "Bearer " + noRole)
                                .GET());
        assertThat(reply.status()).isEqualTo(403);
    }

    @Test
    void the_document_and_its_pages_are_open() {
        for (var path : List.of("/docs", "/docs/", "/docs/page.js", "/docs/swagger-ui.css")) {
            assertThat(get("", path)).as(path).isEqualTo(200);
        }
        assertThat(payments.send(payments.request("/openapi.yaml").GET()).body())
                .contains("operationId: topUp");
        assertThat(payments.send(payments.request("/docs").GET()).body())
                .contains("swagger-ui-bundle.js")
                .contains(
                        "<title>"
                                + Contract.PAYMENTS.document().root().at("/info/title").asString()
                                + ": API</title>");
        assertThat(get("", "/docs/other")).isEqualTo(404);
    }

    @Test
    void probes_are_open_and_unknown_paths_are_not() {
        assertThat(get("", "/healthz")).isEqualTo(200);
        assertThat(get("", "/readyz")).isEqualTo(200);
        assertThat(get("", "/nowhere")).isEqualTo(401);
        assertThat(payments.get("admin", "/nowhere").code()).isEqualTo("not_found");
        assertThat(payments.get("admin", "/payments/top-ups/x").status()).isIn(403, 404);
        var wrong = payments.get("admin", "/payments/" + UUID.randomUUID());
        assertThat(wrong.code()).isEqualTo("not_found");
        var put =
                payments.send(
                        payments.request("/payments")
                                .header("Authorization", "Bearer " + payments.token("admin"))
                                .PUT(BodyPublishers.ofString("{}")));
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | 400 | malformed_json",
                "{ | 400 | malformed_json",
                "{\"user_id\":\"a\",\"user_id\":\"a\"} | 400 | duplicate_field",
                "{\"a\":[[[[[[[[[[1]]]]]]]]]]} | 400 | too_deep",
                "{\"user\":\"a\"} | 400 | unknown_field",
                "{\"amount\":\"1\",\"method\":\"sandbox:ok\"} | 400 | missing_field",
                "{\"user_id\":\"a b\",\"amount\":\"1\",\"method\":\"x\"} | 400 |"
                        + " invalid_identifier",
                "{\"user_id\":\"a\",\"method\":\"sandbox:ok\"} | 400 | missing_field",
                "{\"user_id\":\"a\",\"amount\":1e2,\"method\":\"x\"} | 400 | amount_malformed",
                "{\"user_id\":\"a\",\"amount\":0.001,\"method\":\"x\"} | 400 | amount_precision",
                "{\"user_id\":\"a\",\"amount\":-1,\"method\":\"x\"} | 400 | amount_not_positive",
                "{\"user_id\":\"a\",\"amount\":1000000001,\"method\":\"x\"} | 422 |"
                        + " amount_too_large",
                "{\"user_id\":\"a\",\"amount\":1,\"currency\":\"XXX\",\"method\":\"x\"} | 400 |"
                        + " unknown_currency",
                "{\"user_id\":\"a\",\"amount\":1,\"method\":\"sandbox:huh\"} | 400 |"
                        + " invalid_method",
            })
    void a_bad_order_is_refused_with_its_code(String body, int status, String code) {
        var reply = payments.topUp("system", UUID.randomUUID().toString(), body);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("X-Request-Id")).isEqualTo(reply.text("/request_id"));
    }

    @Test
    void a_request_that_is_wrong_outside_its_body_is_refused() {
        var body = TestPayments.order("a", "1", "sandbox:ok");
        var request =
                payments.request("/payments/top-ups")
                        .header("Authorization", "Bearer " + payments.token("system"));
        var noKey = request.copy().header("Content-Type", "application/json");
        assertThat(payments.send(noKey.POST(BodyPublishers.ofString(body))).code())
                .isEqualTo("idempotency_key_missing");
        var text = request.copy().header("Content-Type", "text/plain");
        assertThat(payments.send(text.POST(BodyPublishers.ofString(body))).code())
                .isEqualTo("unsupported_media_type");
        var big = "{\"user_id\":\"" + "a".repeat(70_000) + "\"}";
        assertThat(payments.topUp("system", "k", big).code()).isEqualTo("body_too_large");
        assertThat(payments.topUp("system", "k".repeat(256), body).code())
                .isEqualTo("invalid_idempotency_key");
        assertThat(payments.get("admin", "/payments?limit=0").code())
                .isEqualTo("invalid_parameter");
        assertThat(payments.get("admin", "/payments?state=odd").code())
                .isEqualTo("invalid_parameter");
        assertThat(payments.get("admin", "/payments?cursor=odd").code())
                .isEqualTo("invalid_cursor");
        assertThat(payments.get("admin", "/payments/odd").code()).isEqualTo("invalid_identifier");
        var path = "/payments/" + payments.aTopUp("a", "1.00", "sandbox:ok");
        assertThat(payments.get("admin", path + "?odd=1").code()).isEqualTo("unknown_field");
        var upper = path.toUpperCase(ROOT).replace("/PAYMENTS", "/payments");
        assertThat(payments.get("admin", upper).status()).isEqualTo(200);
    }

    @Test
    void a_repeated_key_returns_the_first_answer_and_another_order_is_refused() {
        var key = UUID.randomUUID().toString();
        var order = TestPayments.order("repeat", "5.00", "sandbox:ok");
        var first = payments.topUp("system", key, order);
        var again = payments.topUp("system", key, order);
        assertThat(again.status()).isEqualTo(first.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        var other = payments.topUp("system", key, order.replace("5.00", "6.00"));
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        var another = payments.topUp("user:repeat", key, order);
        assertThat(another.text("/payment/id")).isNotEqualTo(first.text("/payment/id"));
    }

    @Test
    void a_user_lists_their_own_payments_only() {
        var mine = payments.aTopUp("lister", "1.00", "sandbox:ok");
        payments.aTopUp("another", "1.00", "sandbox:ok");
        for (var path : new String[] {"/payments", "/payments?user_id=lister"}) {
            var page = payments.get("user:lister", path).json().path("data");
            assertThat(page.values())
                    .extracting(each -> each.path("id").asString())
                    .containsExactly(mine);
        }
        var theirs = payments.get("user:lister", "/payments?user_id=another");
        assertThat(theirs.status()).isEqualTo(403);
        assertThat(theirs.code()).isEqualTo("not_your_wallet");
    }

    @Test
    void a_list_is_walked_page_by_page() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(payments.aTopUp("walker", "1.00", "sandbox:ok"));
        }
        var seen = new ArrayList<String>();
        var path = "/payments?user_id=walker&kind=top-up&limit=2";
        var cursor = "";
        do {
            var page = payments.get("auditor", path + cursor).json();
            page.path("data").values().forEach(each -> seen.add(each.path("id").asString()));
            var next = page.path("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(ids);
    }
}
