package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.ApiDocument;
import digitalwallet.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each example of a request works as it stands in the document, on a new wallet, in this order. */
final class DocumentedExamplesIT {

    private static final ApiDocument DOCUMENT = Contract.WALLET.document();
    private static final Pattern JSON_BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private final TestWallet wallet = TestWallet.with(Map.of());
    private final Set<String> sent = new TreeSet<>();

    @AfterEach
    void stop() {
        wallet.server().close();
    }

    @Test
    void each_example_of_a_request_works_when_it_is_pasted() {
        send("system", "POST /deposit", "deposit", 201);
        send("system", "POST /wallets", "open", 201);
        send("system", "POST /purchase", "purchase", 201);
        send("system", "POST /refund", "refund", 201);
        send("system", "POST /withdraw", "withdrawal", 201);
        send("system", "POST /withdraw", "payout", 201);
        send("system", "POST /transfer", "transfer", 201);
        var results = send("system", "POST /batch", "batch", 200).path("results");
        assertThat(results.valueStream().map(each -> each.path("status").asInt(0)))
                .containsExactly(201, 201, 422);
        send("support", "POST /wallets/{user_id}/freeze", "freeze", 201);
        send("support", "POST /wallets/{user_id}/unfreeze", "unfreeze", 201);
        wallet.post("system", "/wallets", "{\"user_id\":\"carol\"}");
        var close = example("POST /wallets/{user_id}/close", "close");
        assertThat(wallet.post("support", "/wallets/carol/close", close).status()).isEqualTo(201);
        var reopen = example("POST /wallets/{user_id}/reopen", "reopen");
        assertThat(wallet.post("support", "/wallets/carol/reopen", reopen).status()).isEqualTo(201);
        assertThat(sent).isEqualTo(examples());
    }

    /** What is read, with the path as the document's examples have it. */
    @Test
    void each_operation_that_reads_works_with_the_examples_of_its_parameters() {
        wallet.post("system", "/deposit", example("POST /deposit", "deposit"));
        for (var name : DOCUMENT.operations().keySet()) {
            if (name.startsWith("GET ") && !name.contains("{id}")) {
                assertThat(wallet.get("admin", path(name)).status()).as(name).isEqualTo(200);
            }
        }
        assertThat(wallet.get("admin", path("GET /transactions/{id}")).code())
                .isEqualTo("transaction_not_found");
    }

    @Test
    void the_payout_of_the_concept_page_works_when_it_is_pasted() throws IOException {
        wallet.post("system", "/deposit", example("POST /deposit", "deposit"));
        var page = Files.readString(Path.of("..", "docs", "concepts", "payouts.md"));
        var block = JSON_BLOCK.matcher(page);
        assertThat(block.find()).isTrue();
        var reply = wallet.post("user:alice", "/withdraw", block.group(1));
        assertThat(reply.json().at("/transaction/type").asString("")).isEqualTo("payout");
    }

    private JsonNode send(String caller, String operation, String example, int status) {
        var reply = wallet.post(caller, path(operation), example(operation, example));
        assertThat(reply.status()).as(operation + reply.body()).isEqualTo(status);
        return reply.json();
    }

    private String example(String operation, String name) {
        sent.add(operation + " " + name);
        var example = content(operation).path("examples").path(name);
        return DOCUMENT.resolved(example).path("value").toString();
    }

    private static Set<String> examples() {
        var all = new TreeSet<String>();
        for (var operation : DOCUMENT.operations().keySet()) {
            content(operation)
                    .path("examples")
                    .propertyNames()
                    .forEach(name -> all.add(operation + " " + name));
        }
        return all;
    }

    private static JsonNode content(String operation) {
        return DOCUMENT.operation(operation).at("/requestBody/content/application~1json");
    }

    private static String path(String operation) {
        var path = operation.substring(operation.indexOf(' ') + 1);
        for (var parameter : DOCUMENT.parameters(operation)) {
            var name = "{" + parameter.path("name").asString("") + "}";
            path = path.replace(name, parameter.path("example").asString(""));
        }
        return path;
    }
}
