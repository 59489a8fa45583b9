package digitalwallet.json;

import digitalwallet.json.Json.Flag;
import digitalwallet.json.Json.Items;
import digitalwallet.json.Json.Limits;
import digitalwallet.json.Json.Members;
import digitalwallet.json.Json.Nothing;
import digitalwallet.json.Json.Numeral;
import digitalwallet.json.Json.Text;
import digitalwallet.json.Json.Value;
import digitalwallet.json.MalformedJsonException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Builds the values of one text, and stops at the first that is more than its limits allow. */
final class JsonTree {

    private static final Nothing NOTHING = new Nothing();

    private final JsonParser parser;
    private final Limits limits;
    private int values;

    JsonTree(JsonParser parser, Limits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    /** The object that the parser is in. */
    Members members(int levels) {
        var members = new LinkedHashMap<String, Value>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (members.put(checked(name), value(levels)) != null) {
                throw new MalformedJsonException(
                        Reason.DUPLICATE_FIELD,
                        "the field " + Json.shown(name) + " is given twice: send it once");
            }
        }
        return new Members(members);
    }

    private Items items(int levels) {
        var items = new ArrayList<Value>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == limits.itemsMax()) {
                throw new MalformedJsonException(
                        Reason.TOO_MANY_ITEMS,
                        "a list is too long: send at most " + limits.itemsMax() + " items");
            }
            items.add(value(levels));
        }
        return new Items(items);
    }

    private Value value(int levels) {
        values++;
        if (values > limits.valuesMax()) {
            throw new MalformedJsonException(
                    Reason.TOO_MANY_VALUES,
                    "there are too many values: send at most " + limits.valuesMax() + " in all");
        }
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Text(whole(parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getString());
            case VALUE_TRUE -> new Flag(true);
            case VALUE_FALSE -> new Flag(false);
            case VALUE_NULL -> NOTHING;
            case START_OBJECT -> members(fewer(levels));
            case START_ARRAY -> items(fewer(levels));
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw Json.malformed("a value is missing: send it");
            case null -> throw Json.malformed("the JSON ends too early: send all of it");
        };
    }

    private static String checked(String name) {
        if (name.length() > Json.NAME_LENGTH_MAX) {
            throw new MalformedJsonException(
                    Reason.NAME_TOO_LONG,
                    "the name "
                            + Json.shown(whole(name))
                            + " is too long for a field: check its spelling");
        }
        return whole(name);
    }

    /**
     * Refuses half a surrogate pair: it can be escaped in JSON, but could never be written again.
     */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), text.charAt(nextOf(i, text)))) {
                    throw new MalformedJsonException(
                            Reason.INVALID_TEXT,
                            "a text or a name holds half a character: send whole ones");
                }
                i++;
            }
        }
        return text;
    }

    private static int nextOf(int i, String text) {
        return Math.min(i + 1, text.length() - 1);
    }

    private static int fewer(int levels) {
        if (levels == 1) {
            throw new MalformedJsonException(
                    Reason.TOO_DEEP, "objects and lists are nested too deeply: send them flatter");
        }
        return levels - 1;
    }
}
