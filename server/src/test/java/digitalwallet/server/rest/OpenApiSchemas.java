package digitalwallet.server.rest;

import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.TransactionType;
import digitalwallet.server.request.Field;
import digitalwallet.server.request.Form;
import digitalwallet.server.request.ProblemCode;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What requests and answers look like, as the API's description says it. */
final class OpenApiSchemas {

    private OpenApiSchemas() {}

    /** The body of a request. */
    static Schema<?> schema(Form form) {
        var schema = object();
        schema.setAdditionalProperties(false);
        form.required()
                .forEach(
                        field -> {
                            schema.addProperty(field.word(), schema(field));
                            schema.addRequiredItem(field.word());
                        });
        form.optional().forEach(field -> schema.addProperty(field.word(), schema(field)));
        return schema;
    }

    static Schema<?> schema(Field field) {
        var schema =
                switch (field.kind()) {
                    case IDENTIFIER ->
                            oneOf("string", "integer").pattern("^[A-Za-z0-9._:@-]{1,64}$");
                    case UUID -> text().format("uuid");
                    case AMOUNT -> oneOf("string", "number").pattern("^[0-9]+(\\.[0-9]+)?$");
                    case CURRENCY -> text().pattern("^[A-Z]{3}$");
                    case WORD -> text();
                    case TEXT -> text().maxLength(256);
                    case LABELS -> object().maxProperties(20).additionalProperties(text());
                    case PAYOUT -> payout();
                    case KEY -> text().minLength(1).maxLength(255);
                    case FLAG -> typed("boolean");
                    case COMMANDS ->
                            typed("array")
                                    .items(object().additionalProperties(true))
                                    .maxItems(1000);
                };
        return schema.description(field.meaning());
    }

    private static Schema<?> payout() {
        var payout = object();
        payout.addProperty("method", text().pattern("^[A-Za-z0-9._:@=,;-]{1,64}$"));
        payout.addProperty("destination", text().minLength(1).maxLength(256));
        payout.setAdditionalProperties(false);
        payout.required(List.of("method", "destination"));
        return payout;
    }

    /** What is answered, by the names that {@link #reference} takes. */
    static Map<String, Schema<?>> answers() {
        var answers = new TreeMap<String, Schema<?>>();
        answers.put("problem", problem());
        answers.put("transaction", transaction());
        var money = fields("amount", "currency");
        money.addProperty("version", typed("integer"));
        answers.put("money", money);
        var posted = fields("message");
        posted.addProperty("transaction", reference("transaction"));
        posted.addProperty("balance", reference("money"));
        answers.put("posted", posted);
        var wallet = fields("user_id", "status", "opened_at");
        wallet.addProperty("balances", typed("array").items(reference("money")));
        answers.put("wallet", wallet);
        var balance = fields("user_id", "currency", "amount", "at");
        balance.addProperty("version", typed("integer"));
        answers.put("balance", balance);
        var page = fields("next_cursor");
        page.addProperty("data", typed("array").items(reference("transaction")));
        answers.put("page", page);
        answers.put("results", results());
        var queued = fields("message");
        queued.addProperty("transaction", reference("transaction"));
        queued.addProperty("transactions", typed("array").items(reference("transaction")));
        answers.put("queued", queued);
        answers.put("consistency", consistency());
        answers.put("probe", fields("status"));
        return answers;
    }

    private static Schema<?> problem() {
        var codes = Arrays.stream(ProblemCode.values()).map(ProblemCode::word).toList();
        var problem = fields("type", "title", "detail", "request_id");
        problem.addProperty("status", typed("integer"));
        problem.addProperty("retryable", typed("boolean"));
        problem.addProperty(
                "code",
                text().description(
                                "Stable. What is wrong with the request: "
                                        + String.join(", ", codes)
                                        + ". Why the books refuse it: "
                                        + String.join(", ", rejections())
                                        + "."));
        return problem;
    }

    private static List<String> rejections() {
        return Arrays.stream(Rejection.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .map(name -> name.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Schema<?> transaction() {
        var types = Arrays.stream(TransactionType.values()).map(TransactionType::word).toList();
        var transaction =
                fields(
                        "id",
                        "status",
                        "amount",
                        "currency",
                        "user_id",
                        "from_user_id",
                        "to_user_id",
                        "initiated_by",
                        "bank_transaction_id",
                        "order_id",
                        "related_order_id",
                        "related_transaction_id",
                        "description",
                        "reason",
                        "created_at");
        transaction.addProperty("payout", payout());
        transaction.addProperty("type", text().description(String.join(", ", types)));
        return transaction;
    }

    private static Schema<?> results() {
        var result = object();
        result.addProperty("status", typed("integer"));
        result.addProperty("body", object());
        var results = object();
        results.addProperty("results", typed("array").items(result));
        return results;
    }

    private static Schema<?> consistency() {
        var consistency = fields("message", "checked_at");
        consistency.addProperty("consistent", typed("boolean"));
        consistency.addProperty("currencies", typed("array").items(object()));
        consistency.addProperty("checks", typed("array").items(object()));
        return consistency;
    }

    private static Schema<?> fields(String... names) {
        var schema = object();
        for (var name : names) {
            schema.addProperty(name, text());
        }
        return schema;
    }

    static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    private static Schema<?> object() {
        return typed("object");
    }

    static Schema<?> text() {
        return typed("string");
    }

    private static Schema<?> typed(String type) {
        return oneOf(type);
    }

    private static Schema<?> oneOf(String... types) {
        var schema = new Schema<>();
        for (var type : types) {
            schema.addType(type);
        }
        return schema;
    }
}
