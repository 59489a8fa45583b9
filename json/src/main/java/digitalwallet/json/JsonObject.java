package digitalwallet.json;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An object being written, field by field; what is null is left out. */
public final class JsonObject {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private final Map<String, Json.Value> values = new LinkedHashMap<>();

    /** A text, unless it is null. */
    public JsonObject put(String name, @Nullable CharSequence text) {
        return add(name, text == null ? null : new Json.Text(text.toString()));
    }

    /** A time in RFC 3339, UTC, to the microsecond. */
    public JsonObject put(String name, Instant time) {
        return put(name, text(time));
    }

    /**
     * A time as the books and the REST API write it: always with six decimals, even if they are
     * zero.
     */
    public static String text(Instant time) {
        return TIME.format(time);
    }

    /** An id, unless it is null. */
    public JsonObject put(String name, @Nullable UUID id) {
        return put(name, id == null ? null : id.toString());
    }

    /** A whole number. */
    public JsonObject put(String name, long number) {
        return add(name, new Json.Numeral(Long.toString(number)));
    }

    /** A truth value. */
    public JsonObject put(String name, boolean flag) {
        return add(name, new Json.Flag(flag));
    }

    /** An object, unless it is null. */
    public JsonObject put(String name, @Nullable JsonObject object) {
        return add(name, object == null ? null : object.members());
    }

    /** An object that exists already. */
    public JsonObject put(String name, Json.Members object) {
        return add(name, object);
    }

    /** An array of objects. */
    public JsonObject put(String name, List<JsonObject> objects) {
        return add(
                name,
                new Json.Items(objects.stream().map(each -> (Json.Value) each.members()).toList()));
    }

    /** An object of texts in the map's order, unless it is empty. */
    public JsonObject putAll(String name, Map<String, String> texts) {
        if (texts.isEmpty()) {
            return this;
        }
        var object = new JsonObject();
        texts.forEach((key, text) -> object.put(key, text));
        return put(name, object);
    }

    /** A null that is written as such. */
    public JsonObject putNull(String name) {
        return add(name, new Json.Nothing());
    }

    /** What has been written so far. */
    public Json.Members members() {
        return new Json.Members(new LinkedHashMap<>(values));
    }

    private JsonObject add(String name, Json.@Nullable Value value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }
}
