package digitalwallet.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bodies that are wrong on purpose, made from a good one, each with the code it is refused with.
 */
final class HostileBodies {

    private final Map<String, String> bodies = new LinkedHashMap<>();
    private final String good;

    /**
     * A set without bodies.
     *
     * @param good a body that is one JSON object, with {@code "initiated_by":"system"} in it
     */
    HostileBodies(String good) {
        this.good = good;
    }

    Map<String, String> all() {
        return bodies;
    }

    /** Bodies that are not a JSON object with our fields, or that are too large. */
    HostileBodies withoutForm(int bytesMax) {
        for (var text :
                List.of(
                        "",
                        "nonsense",
                        "[]",
                        "\"x\"",
                        "7",
                        "null",
                        "{",
                        "{}{}",
                        "{'a':1}",
                        "{a:1}")) {
            bodies.put(text, "malformed_json");
        }
        bodies.put(added(""), "malformed_json");
        bodies.put(good + "x", "malformed_json");
        bodies.put(good.replace("\"system\"", "\"sys\u0000tem\""), "malformed_json");
        bodies.put(good.replace("\"system\"", "\"\\x41\""), "malformed_json");
        bodies.put("{\"a\":" + "[".repeat(8) + "]".repeat(8) + "}", "too_deep");
        bodies.put("{\"a\":" + "[".repeat(20_000), "too_deep");
        bodies.put(good.replace("system", "s".repeat(bytesMax)), "body_too_large");
        bodies.put(good.replace("initiated_by", "initiated_bye"), "unknown_field");
        bodies.put(good.replace("initiated_by", "Initiated_By"), "unknown_field");
        bodies.put(added("\"__proto__\":{}"), "unknown_field");
        bodies.put(added("\"initiated_by\":\"a\",\"initiated_by\":\"a\""), "duplicate_field");
        bodies.put(good.replace("\"system\"", "{}"), "invalid_identifier");
        return this;
    }

    /** Amounts, in the place of {@code "1.00"}. */
    HostileBodies withAmounts() {
        for (var amount :
                List.of(
                        "1e2",
                        "\"1e2\"",
                        "1E400",
                        "\"+1\"",
                        "\" 1\"",
                        "\"1 \"",
                        "\"0x1\"",
                        "\"1,00\"",
                        "\"1.\"",
                        "\".5\"",
                        "\"\"",
                        "\"-\"",
                        "\"\u0661\"",
                        "\"NaN\"",
                        "\"Infinity\"",
                        "true",
                        "{}",
                        "[]")) {
            bodies.put(good.replace("\"1.00\"", amount), "amount_malformed");
        }
        for (var amount : List.of("NaN", "01", "+1", ".5", "1.", "0x1")) {
            bodies.put(good.replace("\"1.00\"", amount), "malformed_json");
        }
        bodies.put(good.replace("\"1.00\"", "null"), "missing_field");
        bodies.put(good.replace("1.00", "1.001"), "amount_precision");
        bodies.put(good.replace("1.00", "1.0010"), "amount_precision");
        bodies.put(good.replace("1.00", "92233720368547758.08"), "amount_out_of_range");
        bodies.put(good.replace("1.00", "9".repeat(30)), "amount_out_of_range");
        bodies.put(good.replace("1.00", "0"), "amount_not_positive");
        bodies.put(good.replace("1.00", "-0.00"), "amount_not_positive");
        bodies.put(good.replace("1.00", "-1"), "amount_not_positive");
        bodies.put(good.replace("amount", "amout"), "unknown_field");
        bodies.put(added("\"amount\":\"1.00\""), "duplicate_field");
        return withFieldsOfMoney();
    }

    private HostileBodies withFieldsOfMoney() {
        for (var currency : List.of("\"usd\"", "\"XXX\"", "\"\"", "5", "[]", "\"USDT\"")) {
            bodies.put(added("\"currency\":" + currency), "unknown_currency");
        }
        bodies.put(added("\"description\":\"" + "d".repeat(257) + "\""), "invalid_text");
        bodies.put(added("\"description\":\"\\ud800\""), "invalid_text");
        bodies.put(added("\"metadata\":{\"a\":1}"), "invalid_metadata");
        bodies.put(added("\"metadata\":[]"), "invalid_metadata");
        return this;
    }

    /**
     * Bodies without what a single command must have, and amounts that the books reject and
     * remember.
     */
    HostileBodies ofOneCommand() {
        bodies.put(good.replace("1.00", "1000000000.01"), "amount_too_large");
        bodies.put("{}", "missing_field");
        bodies.put(good.replace("\"system\"", "null"), "missing_field");
        bodies.put(added("\"reason\":7"), "invalid_text");
        bodies.put(added("\"reason\":\"" + "r".repeat(257) + "\""), "invalid_text");
        return this;
    }

    /** Identifiers, in the place of this one. */
    HostileBodies withIdentifiers(String id) {
        for (var wrong :
                List.of(
                        "\"\"",
                        "\"a b\"",
                        "\"\u00e9\"",
                        "\"a\\u0000\"",
                        "\"../a\"",
                        "\".\"",
                        "\"..\"",
                        "1.5",
                        "true",
                        "{}",
                        "\"" + "a".repeat(65) + "\"")) {
            bodies.put(good.replace("\"" + id + "\"", wrong), "invalid_identifier");
        }
        bodies.put(good.replace("\"" + id + "\"", "null"), "missing_field");
        return this;
    }

    private String added(String member) {
        return good.substring(0, good.length() - 1) + "," + member + "}";
    }
}
