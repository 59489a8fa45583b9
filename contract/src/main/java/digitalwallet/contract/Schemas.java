package digitalwallet.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of a document, made strict: an object has the fields that are declared and no others.
 * The document itself leaves objects open, because callers must pass over what they do not know.
 */
final class Schemas {

    private static final String BASE = "https://digitalwallet.example/openapi";

    private final JsonNode components;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    Schemas(ApiDocument document) {
        var copy = document.root().path("components").path("schemas").deepCopy();
        copy.valueStream().forEach(Schemas::close);
        components = copy;
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.valueStream().forEach(Schemas::close);
    }

    /** What is wrong with a value; empty when it fits. */
    List<String> violations(JsonNode schema, JsonNode value) {
        return compiled
                .computeIfAbsent(schema, this::compile)
                .validate(
                        value,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private Schema compile(JsonNode schema) {
        var whole = (ObjectNode) schema.deepCopy();
        close(whole);
        whole.putObject("components").set("schemas", components);
        return registry.getSchema(SchemaLocation.of(BASE + "/" + compiled.size()), whole);
    }
}
