package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.server.request.Field;
import digitalwallet.server.request.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Half a surrogate pair and NUL, which no database can store, wherever a caller can put them. */
final class UnstorableTextIT {

    private static final List<String> ESCAPED = List.of("\\ud800", "a\\udfffb", "a\\u0000");

    /** NUL, and half a surrogate as UTF-8 would have it if it had it. */
    private static final List<String> ENCODED = List.of("%00", "a%00b", "%ED%A0%80");

    private final TestWallet wallet = TestWallet.shared();
    private final String user = wallet.aWalletWith("10.00");
    private final String other = wallet.aWalletWith("10.00");

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BATCH")
    void no_field_of_a_command_takes_it(Form form) {
        for (var field : fields(form)) {
            for (var bad : ESCAPED) {
                var given = valid(form);
                given.put(field, "\"" + bad + "\"");
                var alone = wallet.post(role(form), path(form), object(given));
                assertThat(alone.status()).as("%s %s: %s", form, field, alone).isEqualTo(400);
                var item = new LinkedHashMap<>(given);
                item.putIfAbsent("user_id", "\"" + user + "\"");
                if (form == Form.TRANSFER) {
                    item.remove("user_id");
                }
                item.put("type", "\"" + form.name().toLowerCase(Locale.ROOT) + "\"");
                var batch = "{\"commands\":[" + object(item) + "]}";
                var together = wallet.post(role(form), "/batch", batch);
                assertThat(together.status()).as("%s %s: %s", form, field, together).isEqualTo(400);
            }
        }
    }

    @Test
    void nothing_within_a_field_takes_it() {
        for (var bad : ESCAPED) {
            for (var inner :
                    List.of(
                            "\"metadata\":{\"a\":\"" + bad + "\"}",
                            "\"metadata\":{\"" + bad + "\":\"a\"}",
                            "\"" + bad + "\":1",
                            "\"payout\":{\"method\":\"" + bad + "\",\"destination\":\"a\"}",
                            "\"payout\":{\"method\":\"sandbox:ok\",\"destination\":\""
                                    + bad
                                    + "\"}",
                            "\"payout\":{\"" + bad + "\":\"a\"}")) {
                var body = TestWallet.deposit(user, "1.00").replace("}", "," + inner + "}");
                assertThat(wallet.post("system", "/withdraw", body).status())
                        .as(inner)
                        .isEqualTo(400);
            }
            for (var item :
                    List.of("\"type\":\"" + bad + "\"", "\"idempotency_key\":\"" + bad + "\"")) {
                var type = item.contains("type") ? "" : "\"type\":\"deposit\",";
                var body =
                        "{\"commands\":[{%s%s,%s]}"
                                .formatted(
                                        type, item, TestWallet.deposit(user, "1.00").substring(1));
                assertThat(wallet.post("system", "/batch", body).status()).as(item).isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/transactions?user_id=",
                "/transactions?order_id=",
                "/transactions?bank_transaction_id=",
                "/transactions?initiated_by=",
                "/transactions?type=",
                "/transactions?status=",
                "/transactions?from=",
                "/transactions?to=",
                "/transactions?cursor=",
                "/transactions?limit=",
                "/transactions?",
                "/wallets/USER/balance?currency=",
                "/wallets/USER/balance?at=",
                "/wallets/USER/transactions?type=",
                "/wallets/USER/transactions?status=",
                "/wallets/USER/transactions?currency=",
                "/wallets/USER/transactions?cursor=",
                "/transactions/",
                "/wallets/"
            })
    void no_parameter_and_no_path_takes_it(String path) {
        for (var bad : ENCODED) {
            var reply = wallet.get("admin", path.replace("USER", user) + bad);
            assertThat(reply.status()).as("%s%s: %s", path, bad, reply).isEqualTo(400);
        }
    }

    private static List<String> fields(Form form) {
        var fields = new ArrayList<Field>(form.required());
        fields.addAll(form.optional());
        return fields.stream()
                .filter(field -> !isStatus(form) || field != Field.USER_ID)
                .map(Field::word)
                .toList();
    }

    private Map<String, String> valid(Form form) {
        var values = new LinkedHashMap<String, String>();
        for (var field : form.required()) {
            if (isStatus(form) && field == Field.USER_ID) {
                continue;
            }
            values.put(
                    field.word(),
                    switch (field.word()) {
                        case "to_user_id" -> "\"" + other + "\"";
                        case "amount" -> "\"1.00\"";
                        case "initiated_by" -> "\"system\"";
                        default -> "\"" + user + "\"";
                    });
        }
        if (isStatus(form)) {
            values.put("reason", "\"a test\"");
        }
        return values;
    }

    private String path(Form form) {
        var word = form.name().toLowerCase(Locale.ROOT);
        if (form == Form.OPEN) {
            return "/wallets";
        }
        return isStatus(form) ? "/wallets/" + user + "/" + word : "/" + word;
    }

    private static String role(Form form) {
        return isStatus(form) ? "support" : "system";
    }

    private static boolean isStatus(Form form) {
        return List.of(Form.FREEZE, Form.UNFREEZE, Form.CLOSE, Form.REOPEN).contains(form);
    }

    private static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
