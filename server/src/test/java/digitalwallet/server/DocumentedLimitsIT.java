package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.ApiDocument;
import digitalwallet.contract.Contract;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Limits, patterns and parameters of the API document are those that the server goes by. */
final class DocumentedLimitsIT {

    private static final ApiDocument DOCUMENT = Contract.WALLET.document();

    private final TestWallet wallet = TestWallet.shared();
    private final String user = wallet.aWalletWith("10.00");

    @Test
    void each_operation_takes_the_parameters_of_the_document_and_no_others() {
        var all = new TreeSet<String>();
        DOCUMENT.operations().keySet().forEach(name -> all.addAll(query(name)));
        for (var name : DOCUMENT.operations().keySet()) {
            if (!name.startsWith("GET ") || DOCUMENT.operation(name).has("security")) {
                continue;
            }
            var path =
                    name.substring(4)
                            .replace("{user_id}", user)
                            .replace("{id}", UUID.randomUUID().toString());
            for (var parameter : all) {
                var code = wallet.get("admin", path + "?" + parameter + "=").code();
                if (query(name).contains(parameter)) {
                    assertThat(code).as(name + " " + parameter).isNotEqualTo("unknown_field");
                } else {
                    assertThat(code).as(name + " " + parameter).isEqualTo("unknown_field");
                }
            }
        }
    }

    private static Set<String> query(String operation) {
        var names = new TreeSet<String>();
        for (var parameter : DOCUMENT.parameters(operation)) {
            if (parameter.path("in").asString("").equals("query")) {
                names.add(parameter.path("name").asString(""));
            }
        }
        return names;
    }

    @Test
    void pages_are_as_long_as_the_document_says() {
        var limit = DOCUMENT.root().at("/components/parameters/LimitInQuery/schema");
        int max = limit.path("maximum").asInt();
        assertThat(wallet.get("admin", "/transactions?limit=" + max).status()).isEqualTo(200);
        assertThat(wallet.get("admin", "/transactions?limit=" + (max + 1)).status()).isEqualTo(400);
        assertThat(
                        wallet.get("admin", "/transactions?limit=" + limit.path("minimum").asInt())
                                .status())
                .isEqualTo(200);
        int usual = limit.path("default").asInt();
        for (int i = 0; i < usual; i++) {
            wallet.post("system", "/deposit", TestWallet.deposit(user, "0.01"));
        }
        var page = wallet.get("system", "/wallets/" + user + "/transactions").json();
        assertThat(page.path("data").size()).isEqualTo(usual);
    }

    @Test
    void texts_and_labels_have_the_lengths_of_the_document() {
        int texts = DOCUMENT.schema("Description").path("maxLength").asInt();
        assertThat(DOCUMENT.schema("Reason").path("maxLength").asInt()).isEqualTo(texts);
        assertThat(status(with("\"description\":\"%s\"", "x".repeat(texts)))).isEqualTo(201);
        assertThat(status(with("\"description\":\"%s\"", "x".repeat(texts + 1)))).isEqualTo(400);
        var metadata = DOCUMENT.schema("Metadata");
        int values = metadata.path("additionalProperties").path("maxLength").asInt();
        assertThat(status(with("\"metadata\":{\"a\":\"%s\"}", "x".repeat(values)))).isEqualTo(201);
        assertThat(status(with("\"metadata\":{\"a\":\"%s\"}", "x".repeat(values + 1))))
                .isEqualTo(400);
        int labels = metadata.path("maxProperties").asInt();
        assertThat(status(with("\"metadata\":{%s}", labels(labels)))).isEqualTo(201);
        assertThat(status(with("\"metadata\":{%s}", labels(labels + 1)))).isEqualTo(400);
    }

    private static String labels(int count) {
        var labels = new StringBuilder();
        for (int i = 0; i < count; i++) {
            labels.append(i == 0 ? "" : ",").append("\"label-%d\":\"x\"".formatted(i));
        }
        return labels.toString();
    }

    @Test
    void identifiers_and_amounts_fit_the_patterns_of_the_document_or_are_refused() {
        var identifiers = DOCUMENT.schema("OrderId").path("pattern").asString();
        for (var id :
                new String[] {
                    "a",
                    "A-z.0_9:@",
                    "a+b@c.example",
                    ".a",
                    "..a",
                    "...",
                    ".",
                    "..",
                    "." + "x".repeat(63),
                    "." + "x".repeat(64),
                    "x".repeat(64),
                    "x".repeat(65),
                    "a b",
                    "ä"
                }) {
            var body = with("\"order_id\":\"%s\"", id);
            int status =
                    wallet.post("system", "/purchase", body.replace("\"1.00\"", "\"0.01\""))
                            .status();
            assertThat(status).as(id).isEqualTo(id.matches(identifiers) ? 201 : 400);
        }
        var amounts = DOCUMENT.schema("Amount").path("pattern").asString();
        for (var amount :
                new String[] {"1", "0.5", "007.00", "1.", ".5", "1e1", "+1", " 1", "1,0"}) {
            int status = status(TestWallet.deposit(user, amount));
            assertThat(status).as(amount).isEqualTo(amount.matches(amounts) ? 201 : 400);
        }
    }

    @Test
    void keys_are_as_long_as_the_document_says() {
        var key = DOCUMENT.root().at("/components/parameters/IdempotencyKeyHeader/schema");
        int max = key.path("maxLength").asInt();
        assertThat(withKey("k".repeat(max - 1) + "~")).isEqualTo(201);
        assertThat(withKey("k".repeat(max + 1))).isEqualTo(400);
        assertThat("k".repeat(max)).matches(key.path("pattern").asString());
        assertThat("k".repeat(max + 1)).doesNotMatch(key.path("pattern").asString());
    }

    private int withKey(String key) {
        var headers = Map.of("Idempotency-Key", key);
        return wallet.post("system", "/deposit", TestWallet.deposit(user, "1.00"), headers)
                .status();
    }

    @Test
    void a_batch_holds_as_many_commands_as_the_document_says() {
        int max = DOCUMENT.schema("Commands").path("maxItems").asInt();
        var command = "{\"type\":\"deposit\"," + TestWallet.deposit(user, "0.01").substring(1);
        assertThat(batch(command, max, false)).isEqualTo(200);
        assertThat(batch(command, max + 1, false)).isEqualTo(400);
        assertThat(DOCUMENT.schema("Commands").path("description").asString()).contains("100");
        assertThat(batch(command, 100, true)).isEqualTo(201);
        assertThat(batch(command, 101, true)).isEqualTo(400);
    }

    private int batch(String command, int count, boolean atomic) {
        var commands = String.join(",", Collections.nCopies(count, command));
        return wallet.post(
                        "system",
                        "/batch",
                        "{\"atomic\":%s,\"commands\":[%s]}".formatted(atomic, commands))
                .status();
    }

    private String with(String field, String value) {
        return TestWallet.deposit(user, "1.00").replace("{", "{" + field.formatted(value) + ",");
    }

    private int status(String deposit) {
        return wallet.post("system", "/deposit", deposit).status();
    }
}
