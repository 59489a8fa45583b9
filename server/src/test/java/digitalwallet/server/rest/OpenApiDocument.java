package digitalwallet.server.rest;

import digitalwallet.server.request.Form;
import digitalwallet.server.security.OpenToAll;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The API's description, made of the routes, their annotations and the forms. */
public final class OpenApiDocument {

    private static final String TOKEN = "token";

    private OpenApiDocument() {}

    /** The document as YAML. */
    public static String of(RequestMappingHandlerMapping mapping) {
        var routes = new TreeMap<String, PathItem>();
        mapping.getHandlerMethods()
                .forEach(
                        (info, method) -> {
                            var annotation =
                                    method.getMethodAnnotation(
                                            io.swagger.v3.oas.annotations.Operation.class);
                            if (annotation == null) {
                                return;
                            }
                            for (var path : info.getPatternValues()) {
                                var verb =
                                        info.getMethodsCondition().getMethods().iterator().next();
                                routes.computeIfAbsent(path, _ -> new PathItem())
                                        .operation(
                                                PathItem.HttpMethod.valueOf(verb.name()),
                                                operation(path, verb, method, annotation));
                            }
                        });
        var document =
                new OpenAPI()
                        .openapi("3.1.0")
                        .info(
                                new Info()
                                        .title("Digital Wallet System")
                                        .version("1")
                                        .description(
                                                "Deposits, withdrawals, purchases, refunds and"
                                                        + " transfers, exactly once. Every"
                                                        + " answer has an X-Request-Id.")
                                        .license(
                                                new License()
                                                        .name("Apache-2.0")
                                                        .identifier("Apache-2.0")))
                        .components(components());
        routes.forEach(document::path);
        return Yaml31.pretty(document);
    }

    private static Operation operation(
            String path,
            RequestMethod verb,
            HandlerMethod method,
            io.swagger.v3.oas.annotations.Operation annotation) {
        boolean open = method.hasMethodAnnotation(OpenToAll.class);
        var operation =
                new Operation()
                        .operationId(annotation.operationId())
                        .summary(annotation.summary())
                        .responses(responses(annotation.operationId(), verb, open));
        if (!open) {
            operation.addSecurityItem(new SecurityRequirement().addList(TOKEN));
        }
        for (var name : List.of("user_id", "id")) {
            if (path.contains("{" + name + "}")) {
                operation.addParametersItem(
                        new Parameter()
                                .name(name)
                                .in("path")
                                .required(true)
                                .schema(OpenApiSchemas.text()));
            }
        }
        for (var name : query(annotation.operationId())) {
            operation.addParametersItem(
                    new Parameter().name(name).in("query").schema(OpenApiSchemas.text()));
        }
        if (verb == RequestMethod.POST) {
            post(operation, annotation.operationId());
        }
        return operation;
    }

    private static void post(Operation operation, String id) {
        var form = form(id);
        operation.requestBody(
                new RequestBody()
                        .required(true)
                        .content(json("application/json", OpenApiSchemas.reference(form))));
        operation.addParametersItem(
                new Parameter()
                        .name("Idempotency-Key")
                        .in("header")
                        .description("1 to 255 printable ASCII characters; scope: the caller.")
                        .schema(OpenApiSchemas.text().minLength(1).maxLength(255)));
        if (isQueueable(id)) {
            operation.addParametersItem(
                    new Parameter()
                            .name("Prefer")
                            .in("header")
                            .description(
                                    "RFC 7240: respond-async queues it; respond-async, wait=N waits"
                                            + " up to N seconds for its outcome.")
                            .schema(OpenApiSchemas.text()));
        }
    }

    private static List<String> query(String operation) {
        return switch (operation) {
            case "balance" -> List.of("currency", "at");
            case "history" -> List.of("cursor", "limit", "type", "from", "to", "currency");
            case "transactions" ->
                    List.of(
                            "order_id",
                            "bank_transaction_id",
                            "initiated_by",
                            "type",
                            "status",
                            "from",
                            "to",
                            "cursor",
                            "limit");
            case "consistencyCheck" -> List.of("scope");
            case "transaction" -> List.of("queued");
            default -> List.of();
        };
    }

    private static boolean isQueueable(String operation) {
        return switch (operation) {
            case "deposit", "withdraw", "purchase", "refund", "transfer", "batch" -> true;
            default -> false;
        };
    }

    private static String form(String operation) {
        return Form.valueOf(operation.toUpperCase(Locale.ROOT)).name().toLowerCase(Locale.ROOT);
    }

    private static ApiResponses responses(String operation, RequestMethod verb, boolean open) {
        var responses = new ApiResponses();
        boolean post = verb == RequestMethod.POST;
        boolean batch = operation.equals("batch");
        if (!post || batch) {
            responses.addApiResponse(
                    "200",
                    answer(
                            "Done.",
                            OpenApiSchemas.reference(batch ? "results" : schemaOf(operation))));
        }
        if (post) {
            responses.addApiResponse(
                    "201",
                    answer("In the books.", OpenApiSchemas.reference(batch ? "results" : "posted"))
                            .addHeaderObject("Location", header("The transaction."))
                            .addHeaderObject(
                                    "Idempotency-Replayed",
                                    header("true when an earlier call did it.")));
        }
        if (isQueueable(operation)) {
            responses.addApiResponse(
                    "202",
                    answer("Queued.", OpenApiSchemas.reference("queued"))
                            .addHeaderObject("Location", header("Tells when it is processed."))
                            .addHeaderObject("Preference-Applied", header("respond-async")));
        }
        var problems =
                open
                        ? "503"
                        : post
                                ? "400 401 403 406 409 413 415 422 500 503"
                                : "400 401 403 404 406 500 503";
        for (var status : problems.split(" ", -1)) {
            responses.addApiResponse(status, problem(status));
        }
        return responses;
    }

    private static ApiResponse problem(String status) {
        var response =
                new ApiResponse()
                        .description("See the code in the problem document.")
                        .content(
                                json(
                                        "application/problem+json",
                                        OpenApiSchemas.reference("problem")));
        return switch (status) {
            case "401" -> response.addHeaderObject("WWW-Authenticate", header("What was missing."));
            case "503" ->
                    response.addHeaderObject("Retry-After", header("Seconds to wait at least."));
            default -> response;
        };
    }

    private static Header header(String description) {
        return new Header().description(description).schema(OpenApiSchemas.text());
    }

    private static String schemaOf(String operation) {
        return switch (operation) {
            case "wallet", "balance", "transaction" -> operation;
            case "history", "transactions" -> "page";
            case "consistencyCheck" -> "consistency";
            default -> "probe";
        };
    }

    private static Components components() {
        var components =
                new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT"));
        for (var form : Form.values()) {
            components.addSchemas(
                    form.name().toLowerCase(Locale.ROOT), OpenApiSchemas.schema(form));
        }
        OpenApiSchemas.answers().forEach(components::addSchemas);
        return components;
    }

    private static ApiResponse answer(String description, Schema<?> schema) {
        return new ApiResponse().description(description).content(json("application/json", schema));
    }

    private static Content json(String type, Schema<?> schema) {
        return new Content().addMediaType(type, new MediaType().schema(schema));
    }
}
