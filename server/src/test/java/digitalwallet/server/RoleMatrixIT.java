package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.gate.permission.OpenToAll;
import digitalwallet.server.TestWallet.Reply;
import digitalwallet.server.security.Allowed;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every role at every endpoint, for what is its own and for what is not. */
final class RoleMatrixIT {

    private static final List<String> ROLES =
            List.of("user", "system", "support", "auditor", "admin");

    /**
     * What each role gets, for its own and for another's: y is let in, n is 403, - is 404. Own is a
     * user's own wallet, an employee's or a service's own name; the order is that of {@link
     * #ROLES}.
     */
    private static final Map<String, String> MATRIX =
            Map.ofEntries(
                    Map.entry("POST /deposit", "nn yy yn nn nn"),
                    Map.entry("POST /refund", "nn yy yn nn nn"),
                    Map.entry("POST /withdraw", "yn yy nn nn nn"),
                    Map.entry("POST /purchase", "yn yy nn nn nn"),
                    Map.entry("POST /transfer", "yn yy nn nn nn"),
                    Map.entry("POST /batch", "yn yy nn nn nn"),
                    Map.entry("POST /wallets", "yn yy yn nn yn"),
                    Map.entry("POST /wallets/{user_id}/freeze", "nn nn yn nn yn"),
                    Map.entry("POST /wallets/{user_id}/unfreeze", "nn nn yn nn yn"),
                    Map.entry("POST /wallets/{user_id}/close", "nn nn yn nn yn"),
                    Map.entry("POST /wallets/{user_id}/reopen", "nn nn yn nn yn"),
                    Map.entry("GET /wallets/{user_id}", "y- yy yy yy yy"),
                    Map.entry("GET /wallets/{user_id}/balance", "y- yy yy yy yy"),
                    Map.entry("GET /wallets/{user_id}/transactions", "y- yy yy yy yy"),
                    Map.entry("GET /transactions/{id}", "y- yy yy yy yy"),
                    Map.entry("GET /transactions", "nn yy yy yy yy"),
                    Map.entry("GET /consistency-check", "nn nn nn yy yy"),
                    Map.entry("POST /bench/constant", "yy yy yy yy yy"));

    private static final Set<String> OPEN =
            Set.of(
                    "GET /healthz",
                    "GET /readyz",
                    "GET /openapi.yaml",
                    "GET /docs",
                    "GET /docs/",
                    "GET /docs/page.js",
                    "GET /docs/{file}");

    private final TestWallet wallet = TestWallet.shared();

    @Test
    void every_endpoint_has_a_rule_and_a_row() {
        var closed = new ArrayList<String>();
        var open = new TreeSet<String>();
        routes().forEach(
                        (route, method) -> {
                            if (method.hasMethodAnnotation(OpenToAll.class)) {
                                open.add(route);
                            } else if (!method.hasMethodAnnotation(Allowed.class)
                                    || !MATRIX.containsKey(route)) {
                                closed.add(route);
                            }
                        });
        assertThat(closed).as("endpoints without a rule or a row").isEmpty();
        assertThat(open).containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void every_cell_of_the_matrix_holds() {
        var wrong = new ArrayList<String>();
        for (var route : routes().keySet()) {
            var row = MATRIX.get(route);
            for (int i = 0; row != null && i < ROLES.size(); i++) {
                check(route, ROLES.get(i), true, row.charAt(3 * i), wrong);
                check(route, ROLES.get(i), false, row.charAt(3 * i + 1), wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void nobody_gets_in_without_a_token() {
        for (var route : routes().keySet()) {
            if (!OPEN.contains(route)) {
                var parts = route.split(" ", 2);
                var path = parts[1].replace("{user_id}", "somebody").replace("{id}", "x");
                var reply =
                        wallet.send(
                                wallet.request(path)
                                        .method(parts[0], BodyPublishers.ofString("{}")));
                assertThat(reply.status()).as(route).isEqualTo(401);
                assertThat(reply.header("WWW-Authenticate")).as(route).startsWith("Bearer");
            }
        }
    }

    @Test
    void anybody_may_probe_and_read_the_documentation() {
        for (var route : OPEN) {
            var path = route.substring(4).replace("{file}", "swagger-ui.css");
            var reply = wallet.send(wallet.request(path).GET());
            assertThat(reply.status()).as(route).isEqualTo(200);
        }
    }

    private Map<String, HandlerMethod> routes() {
        var mapping = wallet.server().context().getBean(RequestMappingHandlerMapping.class);
        var routes = new LinkedHashMap<String, HandlerMethod>();
        mapping.getHandlerMethods()
                .forEach(
                        (info, method) -> {
                            for (var verb : info.getMethodsCondition().getMethods()) {
                                info.getPatternValues()
                                        .forEach(path -> routes.put(verb + " " + path, method));
                            }
                        });
        return routes;
    }

    private void check(String route, String role, boolean own, char expected, List<String> wrong) {
        var reply = request(route, role, own);
        char got =
                switch (reply.status()) {
                    case 401, 403 -> 'n';
                    case 404 -> '-';
                    default -> 'y';
                };
        if (got != expected || reply.status() == 400 || reply.status() >= 500) {
            wrong.add(route + " " + role + (own ? " own " : " other ") + reply.body());
        }
    }

    private Reply request(String route, String role, boolean own) {
        var owner = wallet.aWalletWith("10.00");
        boolean user = role.equals("user");
        var caller = user ? (own ? owner : TestWallet.somebody()) : role;
        var initiator = user || own ? caller : "somebody-else";
        var parts = route.split(" ", 2);
        var path = parts[1].replace("{user_id}", owner);
        if (path.contains("{id}")) {
            var deposit = wallet.post("system", "/deposit", TestWallet.deposit(owner, "1.00"));
            path = path.replace("{id}", deposit.json().at("/transaction/id").asString());
        }
        var token = role + ":" + caller;
        return parts[0].equals("GET")
                ? wallet.get(token, path)
                : wallet.post(token, path, body(parts[1], owner, initiator));
    }

    private static String body(String path, String owner, String initiator) {
        var who = "\"initiated_by\":\"" + initiator + "\",\"reason\":\"a test\"";
        var whose = "\"user_id\":\"" + owner + "\"";
        return switch (path) {
            case "/deposit", "/refund", "/withdraw", "/purchase" ->
                    "{" + whose + ",\"amount\":\"1.00\"," + who + "}";
            case "/transfer" ->
                    "{\"from_user_id\":\""
                            + owner
                            + "\",\"to_user_id\":\"nobody\",\"amount\":\"1.00\","
                            + who
                            + "}";
            case "/batch" ->
                    "{\"commands\":[{\"type\":\"withdraw\","
                            + whose
                            + ",\"amount\":\"1.00\","
                            + who
                            + "}]}";
            case "/wallets" -> "{" + whose + ",\"currency\":\"EUR\"," + who + "}";
            default -> "{" + who + "}";
        };
    }
}
