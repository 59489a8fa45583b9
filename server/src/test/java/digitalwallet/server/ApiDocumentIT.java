package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.ApiDocument;
import digitalwallet.contract.Contract;
import digitalwallet.gate.Documentation;
import digitalwallet.gate.permission.OpenToAll;
import digitalwallet.gate.permission.Scope;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.token.Role;
import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.TransactionType;
import digitalwallet.server.request.Field;
import digitalwallet.server.request.Form;
import digitalwallet.server.request.WalletProblem;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** What the API document says about the code is true and complete. */
final class ApiDocumentIT {

    private static final ApiDocument DOCUMENT = Contract.WALLET.document();
    private static final List<ProblemCode> PROBLEMS =
            Stream.concat(ProblemCode.COMMON.stream(), WalletProblem.ALL.stream()).toList();

    /** Paths that are no API: pages for people, and what only benchmarks use. */
    private static final Set<String> NO_API =
            Set.of(
                    "GET /docs",
                    "GET /docs/",
                    "GET /docs/page.js",
                    "GET /docs/{file}",
                    "POST /bench/constant");

    /** The path says whose wallet these are about. */
    private static final Set<Form> OF_A_PATH =
            EnumSet.of(Form.FREEZE, Form.UNFREEZE, Form.CLOSE, Form.REOPEN);

    private final TestWallet wallet = TestWallet.shared();

    @Test
    void each_route_is_an_operation_and_each_operation_a_route() {
        assertThat(DOCUMENT.operations().keySet())
                .containsExactlyInAnyOrderElementsOf(routes().keySet());
    }

    @Test
    void the_page_for_people_has_the_title_of_the_document() {
        assertThat(wallet.server().context().getBean(Documentation.class).title())
                .isEqualTo(DOCUMENT.root().at("/info/title").asString());
    }

    @Test
    void the_roles_of_each_operation_are_those_of_the_permission_table() {
        routes().forEach(
                        (route, method) -> {
                            var operation = DOCUMENT.operation(route);
                            if (method.hasMethodAnnotation(OpenToAll.class)) {
                                assertThat(operation.path("security").isEmpty()).as(route).isTrue();
                                assertThat(operation.has("x-roles")).as(route).isFalse();
                            } else {
                                var allowed = method.getMethodAnnotation(Allowed.class);
                                assertThat(words(operation.path("x-roles")))
                                        .as(route)
                                        .isEqualTo(
                                                scopes(allowed == null ? null : allowed.value()));
                                assertThat(operation.has("security")).as(route).isFalse();
                            }
                        });
    }

    private static Map<String, String> scopes(@Nullable Permission permission) {
        var scopes = new TreeMap<String, String>();
        for (var role : Role.values()) {
            var scope = permission == null ? null : permission.reach().scopeOf(role);
            if (scope != null) {
                scopes.put(role.word(), scope.name().toLowerCase(Locale.ROOT));
            }
        }
        return scopes;
    }

    @Test
    void the_roles_stand_in_the_description_too() {
        DOCUMENT.operations()
                .forEach(
                        (name, operation) -> {
                            var text = operation.path("description").asString("");
                            var sentence = text.substring(Math.max(0, text.indexOf("Roles:")));
                            for (var role : operation.path("x-roles").propertyNames()) {
                                assertThat(sentence)
                                        .as(name)
                                        .containsAnyOf("`" + role + "`", "all others", "whoever");
                            }
                        });
    }

    @Test
    void each_request_has_the_fields_of_its_form() {
        for (var form : Form.values()) {
            var schema = DOCUMENT.schema(pascal(form.name()) + "Request");
            var fields = new ArrayList<Field>(form.required());
            fields.addAll(form.optional());
            var required = names(form.required());
            if (OF_A_PATH.contains(form)) {
                fields.remove(Field.USER_ID);
                required.remove(Field.USER_ID.word());
                required.add(Field.REASON.word());
            }
            check(schema, fields, required);
        }
    }

    @Test
    void each_command_of_a_batch_has_the_fields_of_its_form() {
        var forms = EnumSet.complementOf(EnumSet.of(Form.BATCH));
        var command = DOCUMENT.schema("Command");
        assertThat(words(command.path("discriminator").path("mapping")).keySet())
                .isEqualTo(
                        forms.stream()
                                .map(form -> form.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet()));
        for (var form : forms) {
            var schema = DOCUMENT.schema(pascal(form.name()) + "Command");
            var fields = new ArrayList<Field>(form.required());
            fields.addAll(form.optional());
            fields.add(Field.IDEMPOTENCY_KEY);
            var required = names(form.required());
            required.add(Field.TYPE.word());
            if (OF_A_PATH.contains(form)) {
                required.add(Field.REASON.word());
            }
            assertThat(strings(schema.path("properties").path("type").path("enum")))
                    .containsExactly(form.name().toLowerCase(Locale.ROOT));
            fields.add(Field.TYPE);
            check(schema, fields, required);
        }
    }

    private static void check(JsonNode schema, List<Field> fields, Set<String> required) {
        var references = new TreeMap<String, String>();
        fields.forEach(
                field ->
                        references.put(
                                field.word(),
                                field == Field.TYPE
                                        ? ""
                                        : "#/components/schemas/" + pascal(field.name())));
        var declared = new TreeMap<String, String>();
        schema.path("properties")
                .properties()
                .forEach(
                        property ->
                                declared.put(
                                        property.getKey(),
                                        property.getValue().path("$ref").asString("")));
        assertThat(declared).isEqualTo(references);
        assertThat(strings(schema.path("required"))).isEqualTo(required);
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void a_reason_is_required_where_every_role_needs_one() {
        for (var role : Role.values()) {
            assertThat(Permission.CHANGE_STATUS.reach().scopeOf(role))
                    .isIn(null, Scope.ALL_WITH_REASON);
        }
    }

    @Test
    void each_word_is_one_of_the_code_and_each_of_the_code_is_there() {
        assertThat(DOCUMENT.words("TransactionType"))
                .containsExactlyInAnyOrderElementsOf(
                        words(TransactionType.values(), TransactionType::word));
        assertThat(DOCUMENT.words("WalletStatus"))
                .containsExactlyInAnyOrderElementsOf(
                        words(AccountStatus.values(), AccountStatus::word));
        assertThat(DOCUMENT.words("AccountKind"))
                .containsExactlyInAnyOrderElementsOf(
                        words(AccountKind.values(), kind -> kind.name().toLowerCase(Locale.ROOT)));
        assertThat(DOCUMENT.words("Role"))
                .containsExactlyInAnyOrderElementsOf(words(Role.values(), Role::word));
        assertThat(DOCUMENT.words("RejectionCode"))
                .containsExactlyInAnyOrderElementsOf(rejections());
    }

    @Test
    void each_problem_code_is_declared_where_it_is_answered() {
        var codes = new TreeMap<String, Set<Integer>>();
        var ofRequests = PROBLEMS.stream().map(ProblemCode::word).toList();
        DOCUMENT.responses()
                .forEach(
                        response ->
                                strings(response.content().path("x-codes"))
                                        .forEach(
                                                code ->
                                                        codes.computeIfAbsent(
                                                                        code, _ -> new TreeSet<>())
                                                                .add(response.status())));
        assertThat(codes.keySet()).isEqualTo(new TreeSet<>(DOCUMENT.words("ProblemCode")));
        assertThat(codes.keySet())
                .isSubsetOf(Stream.concat(ofRequests.stream(), rejections().stream()).toList());
        for (var code : PROBLEMS) {
            assertThat(codes.get(code.word())).as(code.word()).contains(code.status());
        }
    }

    @Test
    void the_facts_of_each_rejection_are_declared() {
        var facts = new TreeSet<String>(Set.of("code", "currency"));
        for (var rejection : Rejection.class.getPermittedSubclasses()) {
            for (var fact : rejection.getRecordComponents()) {
                facts.add(snake(fact.getName()));
            }
        }
        assertThat(DOCUMENT.schema("Rejection").path("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(facts);
        // A group that failed is never answered, and payouts are ended by nobody who is answered.
        facts.removeAll(Set.of("failed_transaction_id", "ended_by"));
        assertThat(DOCUMENT.schema("Problem").path("properties").propertyNames())
                .containsAll(facts);
    }

    private Map<String, HandlerMethod> routes() {
        var mapping = wallet.server().context().getBean(RequestMappingHandlerMapping.class);
        var routes = new TreeMap<String, HandlerMethod>();
        mapping.getHandlerMethods()
                .forEach(
                        (info, method) -> {
                            for (var verb : info.getMethodsCondition().getMethods()) {
                                info.getPatternValues()
                                        .forEach(path -> routes.put(verb + " " + path, method));
                            }
                        });
        routes.keySet().removeAll(NO_API);
        return routes;
    }

    private static List<String> rejections() {
        return Arrays.stream(Rejection.class.getPermittedSubclasses())
                .map(each -> snake(each.getSimpleName()))
                .toList();
    }

    private static String snake(String name) {
        return name.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String pascal(String name) {
        return Arrays.stream(name.split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static <E> List<String> words(E[] values, Function<E, String> word) {
        return Arrays.stream(values).map(word).toList();
    }

    private static Map<String, String> words(JsonNode object) {
        var words = new TreeMap<String, String>();
        object.properties().forEach(each -> words.put(each.getKey(), each.getValue().asString()));
        return words;
    }

    private static Set<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }

    private static Set<String> names(List<Field> fields) {
        return fields.stream().map(Field::word).collect(Collectors.toCollection(TreeSet::new));
    }
}
