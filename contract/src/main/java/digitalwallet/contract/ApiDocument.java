package digitalwallet.contract;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A document of OpenAPI 3.1, read. */
public final class ApiDocument {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final JsonNode root;
    private final Map<String, JsonNode> operations = new LinkedHashMap<>();

    /** An answer that an operation may give, or that is given where there is no operation. */
    public record Response(int status, JsonNode content) {}

    private ApiDocument(JsonNode root) {
        this.root = root;
        root.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                member ->
                                                        add(
                                                                path.getKey(),
                                                                member.getKey(),
                                                                member.getValue())));
    }

    private void add(String path, String member, JsonNode value) {
        if (METHODS.contains(member)) {
            operations.put(member.toUpperCase(Locale.ROOT) + " " + path, value);
        }
    }

    /** Reads a file. */
    public static ApiDocument read(Path file) {
        return new ApiDocument(YAML.readTree(file));
    }

    /** All of it. */
    public JsonNode root() {
        return root;
    }

    /** The operations by method and path, such as {@code GET /wallets/{user_id}}. */
    public Map<String, JsonNode> operations() {
        return operations;
    }

    /** One of the operations. */
    public JsonNode operation(String operation) {
        return Objects.requireNonNull(operations.get(operation), operation);
    }

    /** The parameters of one of the operations, with those of its path. */
    public List<JsonNode> parameters(String operation) {
        var path = root.path("paths").path(operation.substring(operation.indexOf(' ') + 1));
        return Stream.concat(
                        path.path("parameters").valueStream(),
                        operation(operation).path("parameters").valueStream())
                .map(this::resolved)
                .toList();
    }

    /** All declared answers; one that several operations share is listed once for each of them. */
    public List<Response> responses() {
        return Stream.concat(
                        operations.values().stream().map(each -> each.path("responses")),
                        Stream.of(root.path("x-elsewhere"), root.path("x-everywhere")))
                .flatMap(responses -> responses.properties().stream())
                .map(
                        response ->
                                new Response(
                                        Integer.parseInt(response.getKey()),
                                        resolved(response.getValue())))
                .toList();
    }

    /** What the node refers to; the node itself when it refers to nothing. */
    public JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : resolved(root.at(reference.substring(1)));
    }

    /** The schema of this name. */
    public JsonNode schema(String name) {
        return resolved(root.path("components").path("schemas").path(name));
    }

    /** The words that the schema of this name allows. */
    public List<String> words(String name) {
        return strings(schema(name).path("enum"));
    }

    static List<String> strings(JsonNode list) {
        return list.valueStream().map(each -> each.asString("")).toList();
    }

    /** The operation that a request is for, by its method and literal path. */
    Optional<String> find(String method, String path) {
        var exact = method + " " + path;
        if (operations.containsKey(exact)) {
            return Optional.of(exact);
        }
        return operations.keySet().stream()
                .filter(operation -> exact.matches(pattern(operation)))
                .findFirst();
    }

    private static String pattern(String operation) {
        return operation.replace(".", "\\.").replaceAll("\\{[a-z_]+}", "[^/]+");
    }
}
