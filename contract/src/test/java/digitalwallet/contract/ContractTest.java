package digitalwallet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check itself: what keeps the promise passes, and each lie is found. */
final class ContractTest {

    private static final String ID = "0197a3c1-7c2e-7b54-9d1f-3f0c5a1b2c3d";
    private static final String BALANCE =
            """
            {"user_id":"alice","currency":"USD","amount":"1.00","version":2,"at":"2026-01-31T12:00:00Z"}\
            """;
    private static final String PROBLEM =
            """
            {"type":"urn:wallet:problem:wallet_not_found","title":"t","status":404,"detail":"d",\
            "code":"wallet_not_found","request_id":"%s","retryable":false}\
            """
                    .formatted(ID);

    private static List<String> of(int status, String body, Map<String, String> headers) {
        return of("GET", "/wallets/alice/balance", status, body, headers);
    }

    private static List<String> of(
            String method, String path, int status, String body, Map<String, String> headers) {
        var all = new HashMap<String, List<String>>();
        all.put("X-Request-Id", List.of(ID));
        all.put(
                "Content-Type",
                List.of(status < 400 ? "application/json" : "application/problem+json"));
        all.put("Cache-Control", List.of("no-store"));
        all.put("X-Content-Type-Options", List.of("nosniff"));
        if (status < 400 && method.equals("GET")) {
            all.put("ETag", List.of("W/\"USD-2\""));
        }
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return Contract.WALLET.violations(new Exchange(method, path, status, all, body));
    }

    @Test
    void what_the_document_says_passes() {
        assertThat(of(200, BALANCE, Map.of())).isEmpty();
        assertThat(of(404, PROBLEM, Map.of())).isEmpty();
    }

    @Test
    void an_answer_that_a_cache_may_keep_is_found() {
        assertThat(of(200, BALANCE, Map.of("Cache-Control", "private"))).hasSize(1);
        assertThat(of(404, PROBLEM, Map.of("X-Content-Type-Options", "sniff"))).hasSize(1);
    }

    @Test
    void a_field_that_is_not_declared_is_found() {
        assertThat(of(200, BALANCE.replace("{", "{\"extra\":1,"), Map.of())).isNotEmpty();
        assertThat(of(404, PROBLEM.replace("{", "{\"extra\":1,"), Map.of())).isNotEmpty();
    }

    @Test
    void a_field_deep_inside_that_is_not_declared_is_found() {
        var wallet =
                """
                {"user_id":"alice","status":"open","opened_at":"2026-01-31T12:00:00Z",
                 "balances":[{"currency":"USD","amount":"1.00","version":2}]}
                """;
        var path = "/wallets/alice";
        assertThat(of("GET", path, 200, wallet, Map.of())).isEmpty();
        var extra = wallet.replace("\"version\":2", "\"version\":2,\"extra\":true");
        assertThat(of("GET", path, 200, extra, Map.of())).hasSize(1);
    }

    @Test
    void a_field_that_is_missing_or_of_another_type_is_found() {
        assertThat(of(200, BALANCE.replace("\"version\":2,", ""), Map.of())).hasSize(1);
        assertThat(of(200, BALANCE.replace("\"1.00\"", "1.00"), Map.of())).hasSize(1);
        assertThat(of(200, BALANCE.replace("1.00", "1e2"), Map.of())).hasSize(1);
        assertThat(of(200, BALANCE.replace("2026-01-31T12", "12"), Map.of())).hasSize(1);
        assertThat(of(404, PROBLEM.replace(ID, "1 2"), Map.of())).isNotEmpty();
    }

    @Test
    void a_field_that_is_given_twice_is_found() {
        assertThat(of(200, BALANCE.replace("{", "{\"version\":2,"), Map.of())).hasSize(1);
    }

    @Test
    void a_status_that_is_not_declared_is_found() {
        assertThat(of(201, BALANCE, Map.of())).hasSize(1);
        assertThat(of("GET", "/nowhere", 200, BALANCE, Map.of())).hasSize(1);
    }

    @Test
    void a_code_that_is_not_declared_for_the_operation_is_found() {
        var other = PROBLEM.replace("wallet_not_found", "transaction_not_found");
        assertThat(of(404, other, Map.of())).hasSize(1);
        assertThat(of("GET", "/transactions/x", 404, other, Map.of())).isEmpty();
        assertThat(of(404, PROBLEM.replace("urn:wallet:problem:", "about:"), Map.of()))
                .isNotEmpty();
        assertThat(of(404, PROBLEM.replace("404", "400"), Map.of())).hasSize(1);
    }

    @Test
    void headers_are_held_against_the_document() {
        assertThat(of(200, BALANCE, Map.of("X-Other", "1"))).hasSize(1);
        assertThat(of(200, BALANCE, Map.of("X-Request-Id", "1 2"))).hasSize(1);
        assertThat(of(404, PROBLEM, Map.of("X-Request-Id", "other"))).hasSize(1);
        assertThat(of(200, BALANCE, Map.of("Content-Type", "text/html"))).hasSize(1);
        assertThat(of(200, BALANCE, Map.of("Content-Type", "application/json;charset=utf-8")))
                .isEmpty();
        var unauthorized =
                PROBLEM.replace("wallet_not_found", "unauthorized").replace("404", "401");
        assertThat(of(401, unauthorized, Map.of())).hasSize(1);
        assertThat(of(401, unauthorized, Map.of("WWW-Authenticate", "Bearer"))).isEmpty();
        var unavailable = PROBLEM.replace("wallet_not_found", "unavailable").replace("404", "503");
        assertThat(of(503, unavailable, Map.of("Retry-After", "soon"))).hasSize(1);
        assertThat(of(503, unavailable, Map.of("Retry-After", "1"))).isEmpty();
    }

    @Test
    void what_is_answered_where_no_operation_is_has_its_place_in_the_document() {
        var notFound = PROBLEM.replace("wallet_not_found", "not_found");
        assertThat(of("GET", "/nowhere", 404, notFound, Map.of())).isEmpty();
        var notAllowed =
                PROBLEM.replace("wallet_not_found", "method_not_allowed").replace("404", "405");
        assertThat(of("PUT", "/deposit", 405, notAllowed, Map.of())).hasSize(1);
        assertThat(of("PUT", "/deposit", 405, notAllowed, Map.of("Allow", "POST"))).isEmpty();
        assertThat(of("OPTIONS", "/deposit", 200, "", Map.of("Allow", "POST"))).isEmpty();
    }

    @Test
    void a_literal_path_is_not_taken_for_a_template() {
        assertThat(Contract.PAYMENTS.document().find("POST", "/payments/top-ups"))
                .contains("POST /payments/top-ups");
        assertThat(Contract.PAYMENTS.document().find("GET", "/payments/reconciliation"))
                .contains("GET /payments/reconciliation");
        assertThat(Contract.PAYMENTS.document().find("GET", "/payments/1"))
                .contains("GET /payments/{id}");
    }

    @Test
    void a_test_fails_with_all_that_is_wrong() {
        var exchange =
                new Exchange(
                        "GET",
                        "/healthz",
                        200,
                        Map.of("Content-Type", List.of("application/json"), "X", List.of("1")),
                        "{\"status\":\"dead\"}");
        assertThatThrownBy(() -> Contract.WALLET.check(exchange))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("X-Request-Id is missing")
                .hasMessageContaining("the header x is not declared")
                .hasMessageContaining("GET /healthz");
    }
}
