package digitalwallet.payments.rest;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.json.JsonObject;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.PaymentState;
import digitalwallet.payments.store.Payment;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.yaml.snakeyaml.Yaml;

/** docs/openapi-payments.yaml says what the controllers do, and nothing else. */
final class DocumentTest {

    private static final Map<String, Object> DOCUMENT = document();

    @Test
    void each_endpoint_is_described_with_its_parameters_and_nothing_else_is() throws Exception {
        assertThat(described()).isEqualTo(mapped());
    }

    @Test
    void each_problem_code_is_described_and_no_other() {
        assertThat(words("problem", "code"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ProblemCode.values()).map(ProblemCode::word).toList());
    }

    @Test
    void each_status_that_is_described_has_a_code() {
        var statuses = new HashSet<>(Set.of("200", "202"));
        Arrays.stream(ProblemCode.values())
                .forEach(code -> statuses.add(Integer.toString(code.status())));
        for (var path : object(DOCUMENT, "paths").values()) {
            for (var operation : asObject(path).values()) {
                assertThat(statuses).containsAll(object(asObject(operation), "responses").keySet());
            }
        }
    }

    @Test
    void a_payment_is_described_with_all_it_may_have() {
        var now = Instant.EPOCH;
        var payment =
                Payment.begin(
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
        assertThat(properties("payment")).isEqualTo(names(PaymentJson.of(payment)));
        assertThat(words("kind"))
                .containsExactlyElementsOf(
                        Arrays.stream(PaymentKind.values()).map(PaymentKind::word).toList());
        assertThat(words("state"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(PaymentState.values()).map(PaymentState::word).toList());
    }

    @Test
    void a_top_up_is_described_with_all_it_may_have() {
        assertThat(properties("top_up")).isEqualTo(TopUpController.FIELDS);
    }

    /** Verb, path and query parameters. */
    private static Map<String, Set<String>> described() {
        var found = new TreeMap<String, Set<String>>();
        object(DOCUMENT, "paths")
                .forEach(
                        (path, verbs) ->
                                asObject(verbs)
                                        .forEach(
                                                (verb, operation) ->
                                                        found.put(
                                                                verb + " " + path,
                                                                parameters(asObject(operation)))));
        return found;
    }

    private static Set<String> parameters(Map<String, Object> operation) {
        var names = new TreeSet<String>();
        if (operation.get("parameters") instanceof List<?> parameters) {
            for (var parameter : parameters) {
                if ("query".equals(asObject(parameter).get("in"))) {
                    names.add(String.valueOf(asObject(parameter).get("name")));
                }
            }
        }
        return names;
    }

    private static Map<String, Set<String>> mapped() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        var found = new TreeMap<String, Set<String>>();
        for (var bean : scanner.findCandidateComponents("digitalwallet.payments.rest")) {
            for (var method : Class.forName(bean.getBeanClassName()).getDeclaredMethods()) {
                var mapping =
                        AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping == null || mapping.path()[0].equals("/error")) {
                    continue;
                }
                for (var verb : mapping.method()) {
                    var name = verb.name().toLowerCase(java.util.Locale.ROOT);
                    found.put(name + " " + mapping.path()[0], parameters(method));
                }
            }
        }
        return found;
    }

    private static Set<String> parameters(Method method) {
        var names = new TreeSet<String>();
        for (var parameter : method.getParameters()) {
            var annotation = parameter.getAnnotation(RequestParam.class);
            if (annotation != null) {
                names.add(annotation.name().isEmpty() ? parameter.getName() : annotation.name());
            }
        }
        return names;
    }

    private static Set<String> properties(String schema) {
        return object(schema(schema), "properties").keySet();
    }

    private static Set<String> names(JsonObject object) {
        return object.members().values().keySet();
    }

    private static Collection<String> words(String schema, String... property) {
        var described = schema(schema);
        for (var name : property) {
            described = object(object(described, "properties"), name);
        }
        return ((List<?>) Objects.requireNonNull(described.get("enum")))
                .stream().map(String::valueOf).collect(Collectors.toList());
    }

    private static Map<String, Object> schema(String name) {
        return object(object(object(DOCUMENT, "components"), "schemas"), name);
    }

    private static Map<String, Object> object(Map<String, Object> parent, String name) {
        return asObject(Objects.requireNonNull(parent.get(name), name));
    }

    private static Map<String, Object> asObject(Object value) {
        var object = new TreeMap<String, Object>();
        ((Map<?, ?>) value).forEach((name, member) -> object.put(String.valueOf(name), member));
        return object;
    }

    private static Map<String, Object> document() {
        try (var in = DocumentTest.class.getResourceAsStream(DocumentController.DOCUMENT)) {
            return asObject(new Yaml().load(Objects.requireNonNull(in)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
