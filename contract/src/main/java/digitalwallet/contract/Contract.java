package digitalwallet.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one of our services promises its callers. */
public final class Contract {

    /** The contract of the wallet; the file is found from the folder of any module. */
    public static final Contract WALLET = of(Path.of("..", "docs", "openapi.yaml"));

    /** The contract of the payments service. */
    public static final Contract PAYMENTS = of(Path.of("..", "docs", "openapi-payments.yaml"));

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Paths that are no API: pages for people, and what only benchmarks use. */
    private static final Set<String> NO_API = Set.of("docs", "bench");

    /** Headers that speak of the transport, not of the API. */
    private static final Set<String> TRANSPORT =
            Set.of(
                    "content-type",
                    "content-length",
                    "transfer-encoding",
                    "content-encoding",
                    "connection",
                    "keep-alive",
                    "vary",
                    "date");

    /** Headers that every answer has, with their only value. */
    private static final Map<String, String> OF_ALL =
            Map.of("cache-control", "no-store", "x-content-type-options", "nosniff");

    private final ApiDocument document;
    private final Schemas schemas;

    private Contract(ApiDocument document) {
        this.document = document;
        schemas = new Schemas(document);
    }

    /** What this document promises. */
    public static Contract of(Path file) {
        return new Contract(ApiDocument.read(file));
    }

    public ApiDocument document() {
        return document;
    }

    /**
     * Sends a request, and hands on the answer if it keeps the promise.
     *
     * @throws UncheckedIOException when there is none
     * @throws AssertionError when it does not keep the promise
     */
    public HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return check(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Hands on an answer that keeps the promise.
     *
     * @throws AssertionError when it does not, with all that is wrong
     */
    public HttpResponse<String> check(HttpResponse<String> response) {
        check(Exchange.of(response));
        return response;
    }

    /**
     * Checks any exchange in the same way.
     *
     * @throws AssertionError when it does not keep the promise
     */
    public void check(Exchange exchange) {
        var violations = violations(exchange);
        if (!violations.isEmpty()) {
            throw new AssertionError(
                    "not as the document says: "
                            + String.join("; ", violations)
                            + "\nin: "
                            + exchange);
        }
    }

    /** What is wrong with an answer; empty when it is as the document says. */
    public List<String> violations(Exchange exchange) {
        var found = new ArrayList<String>();
        var segments = exchange.path().split("/", -1);
        if (segments.length > 1 && NO_API.contains(segments[1])) {
            return found;
        }
        if (exchange.method().equals("OPTIONS") && exchange.status() == 200) {
            if (!exchange.headers().containsKey("allow")) {
                found.add("OPTIONS is answered without the header Allow");
            }
            return found;
        }
        var response = response(exchange);
        if (response.isEmpty()) {
            found.add("the status " + exchange.status() + " is not declared");
        } else {
            headers(response.get(), exchange, found);
            content(response.get(), exchange, found);
        }
        return found;
    }

    private Optional<JsonNode> response(Exchange exchange) {
        var method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        var responses =
                document.find(method, exchange.path())
                        .map(operation -> document.operation(operation).path("responses"))
                        .orElse(document.root().path("x-elsewhere"));
        var status = Integer.toString(exchange.status());
        var ofOperation = responses.path(status);
        var response =
                ofOperation.isMissingNode()
                        ? document.root().path("x-everywhere").path(status)
                        : ofOperation;
        return response.isMissingNode()
                ? Optional.empty()
                : Optional.of(document.resolved(response));
    }

    private void headers(JsonNode response, Exchange exchange, List<String> found) {
        var declared = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        response.path("headers")
                .properties()
                .forEach(
                        header -> {
                            declared.add(header.getKey());
                            header(
                                    header.getKey(),
                                    document.resolved(header.getValue()),
                                    exchange,
                                    found);
                        });
        OF_ALL.forEach(
                (name, value) -> {
                    if (!List.of(value).equals(exchange.headers().get(name))) {
                        found.add("the header " + name + " is not " + value);
                    }
                });
        exchange.headers().keySet().stream()
                .filter(name -> !TRANSPORT.contains(name) && !OF_ALL.containsKey(name))
                .filter(name -> !declared.contains(name))
                .forEach(name -> found.add("the header " + name + " is not declared"));
    }

    private void header(String name, JsonNode header, Exchange exchange, List<String> found) {
        var values = exchange.headers().get(name.toLowerCase(Locale.ROOT));
        if (values == null) {
            if (header.path("required").asBoolean(false)) {
                found.add("the header " + name + " is missing");
            }
            return;
        }
        var schema = header.path("schema");
        var value = values.getFirst();
        boolean isNumber = schema.path("type").asString("").equals("integer");
        var node =
                isNumber && value.matches("[0-9]{1,9}")
                        ? JSON.readTree(value)
                        : JSON.valueToTree(value);
        schemas.violations(schema, node)
                .forEach(each -> found.add("the header " + name + ": " + each));
    }

    private void content(JsonNode response, Exchange exchange, List<String> found) {
        if (response.path("content").isMissingNode() && exchange.body().isEmpty()) {
            return;
        }
        var content = response.path("content").path(exchange.mediaType());
        if (content.isMissingNode()) {
            found.add("the content type " + exchange.mediaType() + " is not declared");
            return;
        }
        if (exchange.method().equals("HEAD") || !exchange.mediaType().endsWith("json")) {
            return;
        }
        try {
            var body = JSON.readTree(exchange.body());
            schemas.violations(content.path("schema"), body).forEach(found::add);
            if (exchange.mediaType().equals("application/problem+json")) {
                problem(response, exchange, body, found);
            }
        } catch (JacksonException e) {
            found.add("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static void problem(
            JsonNode response, Exchange exchange, JsonNode body, List<String> found) {
        var code = body.path("code").asString("");
        if (!ApiDocument.strings(response.path("x-codes")).contains(code)) {
            found.add("the code " + code + " is not declared for this operation and status");
        }
        if (!body.path("type").asString("").equals("urn:wallet:problem:" + code)) {
            found.add("the type is not that of the code " + code);
        }
        if (!List.of(body.path("request_id").asString(""))
                .equals(exchange.headers().get("x-request-id"))) {
            found.add("the body has another request id than the header");
        }
        if (body.path("status").asInt(0) != exchange.status()) {
            found.add("the body has another status");
        }
    }
}
