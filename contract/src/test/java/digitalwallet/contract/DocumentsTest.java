package digitalwallet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Both documents by themselves: readers find all that they need, and the parts fit together. */
final class DocumentsTest {

    static Stream<ApiDocument> documents() {
        return Stream.of(Contract.WALLET.document(), Contract.PAYMENTS.document());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void each_example_fits_its_schema(ApiDocument document) {
        var schemas = new Schemas(document);
        var wrong = new ArrayList<String>();
        contents(document)
                .forEach(
                        content ->
                                content.path("examples")
                                        .properties()
                                        .forEach(
                                                example -> {
                                                    var value =
                                                            document.resolved(example.getValue())
                                                                    .path("value");
                                                    schemas.violations(
                                                                    content.path("schema"), value)
                                                            .forEach(
                                                                    each ->
                                                                            wrong.add(
                                                                                    example.getKey()
                                                                                            + each));
                                                }));
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void each_request_and_each_answer_has_an_example(ApiDocument document) {
        assertThat(contents(document))
                .allSatisfy(content -> assertThat(content.path("examples").size()).isPositive());
    }

    private static List<JsonNode> contents(ApiDocument document) {
        return Stream.concat(
                        document.operations().values().stream()
                                .map(operation -> operation.path("requestBody")),
                        document.responses().stream().map(ApiDocument.Response::content))
                .flatMap(body -> body.path("content").properties().stream())
                .filter(content -> content.getKey().endsWith("json"))
                .map(Map.Entry::getValue)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void each_operation_has_a_name_of_its_own_a_summary_and_a_tag(ApiDocument document) {
        var names = new HashSet<String>();
        var tags = document.root().path("tags").valueStream().map(tag -> tag.path("name")).toList();
        document.operations()
                .forEach(
                        (route, operation) -> {
                            var name = operation.path("operationId").asString("");
                            assertThat(name).as(route).matches("[a-z][A-Za-z]+");
                            assertThat(names.add(name)).as(name).isTrue();
                            assertThat(operation.path("summary").asString("")).isNotBlank();
                            assertThat(tags).containsAll(operation.path("tags").values());
                        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void each_field_has_one_type(ApiDocument document) {
        for (var schema : document.root().path("components").path("schemas").properties()) {
            for (var property : schema.getValue().path("properties").properties()) {
                var name = schema.getKey() + "." + property.getKey();
                var type = document.resolved(property.getValue());
                boolean nullable = property.getKey().equals("next_cursor");
                assertThat(type.path("type").isString() || nullable || type.has("oneOf"))
                        .as(name)
                        .isTrue();
                assertThat(type.path("type").asString("")).as(name).isNotEqualTo("number");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void each_refusal_names_its_codes(ApiDocument document) {
        for (var response : document.responses()) {
            boolean names = !ApiDocument.strings(response.content().path("x-codes")).isEmpty();
            assertThat(names).as(response.toString()).isEqualTo(response.status() >= 400);
        }
    }
}
