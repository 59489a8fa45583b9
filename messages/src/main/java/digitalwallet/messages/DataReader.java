package digitalwallet.messages;

import digitalwallet.json.Json;
import digitalwallet.messages.MalformedMessageException.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of one object of an event's data; fields it is not asked for are passed over. */
final class DataReader {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

    private final Map<String, Json.Value> fields;

    DataReader(Json.Members object) {
        this.fields = object.values();
    }

    String text(String name) {
        return present(name, optionalText(name));
    }

    @Nullable String optionalText(String name) {
        return switch (fields.get(name)) {
            case null -> null;
            case Json.Nothing _ -> null;
            case Json.Text(var text) -> text;
            case Json.Numeral _, Json.Flag _, Json.Items _, Json.Members _ ->
                    throw invalid(name, "a text");
        };
    }

    String amount(String name) {
        return present(name, optionalAmount(name));
    }

    @Nullable String optionalAmount(String name) {
        var text = optionalText(name);
        if (text != null && !DecimalText.isDecimal(text)) {
            throw invalid(name, "an amount such as \"12.34\"");
        }
        return text;
    }

    UUID id(String name) {
        return present(name, optionalId(name));
    }

    @Nullable UUID optionalId(String name) {
        var text = optionalText(name);
        return text == null ? null : uuid(name, text);
    }

    static UUID uuid(String name, String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw invalid(name, "a UUID");
        }
        return UUID.fromString(text);
    }

    Instant time(String name) {
        try {
            return MessageTime.parse(text(name));
        } catch (DateTimeException _) {
            throw invalid(name, "a time such as 2026-11-23T10:00:00Z");
        }
    }

    long count(String name) {
        if (fields.get(name) instanceof Json.Numeral(var literal)
                && COUNT.matcher(literal).matches()) {
            return Long.parseLong(literal);
        }
        throw invalid(name, "a whole number");
    }

    DataReader object(String name) {
        return present(name, optionalObject(name));
    }

    @Nullable DataReader optionalObject(String name) {
        return switch (fields.get(name)) {
            case null -> null;
            case Json.Nothing _ -> null;
            case Json.Members members -> new DataReader(members);
            case Json.Text _, Json.Numeral _, Json.Flag _, Json.Items _ ->
                    throw invalid(name, "an object");
        };
    }

    /** The texts of an object, empty when it is not there; numbers and truth values as texts. */
    SortedMap<String, String> texts(String name) {
        var object = optionalObject(name);
        var texts = new TreeMap<String, String>();
        if (object != null) {
            object.fields.forEach((key, value) -> texts.put(key, scalar(name, value)));
        }
        return texts;
    }

    private static String scalar(String name, Json.Value value) {
        return switch (value) {
            case Json.Text(var text) -> text;
            case Json.Numeral(var literal) -> literal;
            case Json.Flag(var flag) -> Boolean.toString(flag);
            case Json.Nothing _, Json.Items _, Json.Members _ ->
                    throw invalid(name, "an object of texts");
        };
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new MalformedMessageException(
                    Reason.INVALID_DATA, "the field " + name + " is missing");
        }
        return value;
    }

    static MalformedMessageException invalid(String name, String expected) {
        return new MalformedMessageException(
                Reason.INVALID_DATA, "the field " + name + " must be " + expected);
    }
}
