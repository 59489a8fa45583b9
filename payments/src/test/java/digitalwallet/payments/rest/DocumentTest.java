package digitalwallet.payments.rest;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.ApiDocument;
import digitalwallet.contract.Contract;
import digitalwallet.gate.permission.OpenToAll;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.token.Role;
import digitalwallet.json.JsonObject;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.PaymentState;
import digitalwallet.payments.store.Payment;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** docs/openapi-payments.yaml says what the controllers do, and nothing else. */
final class DocumentTest {

    private static final ApiDocument DOCUMENT = Contract.PAYMENTS.document();
    private static final Map<String, Set<String>> PARAMETERS =
            Map.of(
                    "GET /payments",
                    PaymentController.PARAMETERS,
                    "GET /payments/reconciliation",
                    ReconciliationController.PARAMETERS);

    @Test
    void each_endpoint_is_described_with_its_parameters_and_nothing_else_is() throws Exception {
        assertThat(described()).isEqualTo(mapped());
    }

    @Test
    void every_endpoint_has_a_rule_or_is_open_to_all() throws Exception {
        var endpoints = endpoints();
        assertThat(endpoints).isNotEmpty();
        assertThat(endpoints)
                .allMatch(
                        endpoint ->
                                endpoint.isAnnotationPresent(Allowed.class)
                                        != endpoint.isAnnotationPresent(OpenToAll.class));
    }

    @Test
    void the_roles_of_each_operation_are_those_of_the_permission_table() throws Exception {
        for (var endpoint : endpoints()) {
            var scopes = new TreeMap<String, String>();
            var allowed = endpoint.getAnnotation(Allowed.class);
            for (var role : Role.values()) {
                var scope = allowed == null ? null : allowed.value().reach().scopeOf(role);
                if (scope != null) {
                    scopes.put(role.word(), scope.name().toLowerCase(Locale.ROOT));
                }
            }
            for (var route : routes(endpoint)) {
                var declared = new TreeMap<String, String>();
                DOCUMENT.operation(route)
                        .path("x-roles")
                        .properties()
                        .forEach(each -> declared.put(each.getKey(), each.getValue().asString()));
                assertThat(declared).as(route).isEqualTo(scopes);
                boolean open = DOCUMENT.operation(route).has("security");
                assertThat(open).as(route).isEqualTo(allowed == null);
            }
        }
    }

    @Test
    void each_problem_code_is_declared_where_it_is_answered_and_no_other_is() {
        var codes = new TreeMap<String, Set<Integer>>();
        for (var response : DOCUMENT.responses()) {
            response.content()
                    .path("x-codes")
                    .forEach(
                            code ->
                                    codes.computeIfAbsent(code.asString(), _ -> new TreeSet<>())
                                            .add(response.status()));
        }
        assertThat(codes.keySet()).isEqualTo(new TreeSet<>(DOCUMENT.words("ProblemCode")));
        var expected = new TreeMap<String, Set<Integer>>();
        codes().forEach(code -> expected.put(code.word(), Set.of(code.status())));
        assertThat(codes).isEqualTo(expected);
    }

    /** This check asks for no reasons. */
    private static Stream<ProblemCode> codes() {
        return Stream.concat(ProblemCode.COMMON.stream(), PaymentProblem.ALL.stream())
                .filter(code -> !code.equals(ProblemCode.INVALID_FIELD))
                .filter(code -> !code.equals(ProblemCode.REASON_REQUIRED));
    }

    @Test
    void a_payment_is_described_with_all_it_may_have() {
        var now = Instant.EPOCH;
        var payment =
                Payment.begin(
                                UUID.randomUUID(),
                                UUID.randomUUID(),
                                PaymentKind.PAYOUT,
                                "alice",
                                new Money(1, CurrencyCode.of("USD")),
                                "sandbox:ok",
                                "somewhere",
                                "alice",
                                "wallet",
                                now)
                        .paid("reference")
                        .refused("declined")
                        .telling(UUID.randomUUID());
        assertThat(properties("Payment")).isEqualTo(names(PaymentJson.of(payment)));
        assertThat(DOCUMENT.words("PaymentKind"))
                .containsExactlyElementsOf(
                        Arrays.stream(PaymentKind.values()).map(PaymentKind::word).toList());
        assertThat(DOCUMENT.words("PaymentState"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(PaymentState.values()).map(PaymentState::word).toList());
    }

    @Test
    void a_top_up_is_described_with_all_it_may_have() {
        assertThat(properties("TopUpRequest")).isEqualTo(TopUpController.FIELDS);
    }

    /** Method, path and query parameters. */
    private static Map<String, Set<String>> described() {
        var found = new TreeMap<String, Set<String>>();
        for (var operation : DOCUMENT.operations().keySet()) {
            var names = new TreeSet<String>();
            for (var parameter : DOCUMENT.parameters(operation)) {
                if (parameter.path("in").asString().equals("query")) {
                    names.add(parameter.path("name").asString());
                }
            }
            found.put(operation, names);
        }
        return found;
    }

    private static Map<String, Set<String>> mapped() throws ClassNotFoundException {
        var found = new TreeMap<String, Set<String>>();
        for (var endpoint : endpoints()) {
            for (var route : routes(endpoint)) {
                found.put(route, PARAMETERS.getOrDefault(route, Set.of()));
            }
        }
        return found;
    }

    private static List<String> routes(Method endpoint) {
        var mapping =
                Objects.requireNonNull(
                        AnnotatedElementUtils.findMergedAnnotation(endpoint, RequestMapping.class));
        return Arrays.stream(mapping.method())
                .map(verb -> verb.name() + " " + mapping.path()[0])
                .filter(route -> !route.startsWith("GET /docs")) // Pages, not API.
                .toList();
    }

    private static List<Method> endpoints() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        var found = new ArrayList<Method>();
        var beans = new HashSet<>(scanner.findCandidateComponents("digitalwallet.payments.rest"));
        beans.addAll(scanner.findCandidateComponents("digitalwallet.gate"));
        for (var bean : beans) {
            for (var method : Class.forName(bean.getBeanClassName()).getDeclaredMethods()) {
                if (AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class)) {
                    found.add(method);
                }
            }
        }
        return found;
    }

    private static Set<String> properties(String schema) {
        return new TreeSet<>(DOCUMENT.schema(schema).path("properties").propertyNames());
    }

    private static Set<String> names(JsonObject object) {
        return new TreeSet<>(object.members().values().keySet());
    }
}
