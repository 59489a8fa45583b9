package digitalwallet.messages;

import digitalwallet.json.JsonObject;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What people and callers wrote on a command or a transaction.
 *
 * @param description for people, or null
 * @param reason why an employee did it, or null
 * @param metadata the caller's own labels
 */
public record Notes(
        @Nullable String description, @Nullable String reason, SortedMap<String, String> metadata) {

    /** Nothing was written. */
    public static final Notes NONE = new Notes(null, null, new TreeMap<>());

    /** Copies the labels. */
    public Notes {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    static Notes read(DataReader data) {
        return new Notes(
                data.optionalText("description"),
                data.optionalText("reason"),
                data.texts("metadata"));
    }

    void write(JsonObject object) {
        object.put("description", description).put("reason", reason).putAll("metadata", metadata);
    }
}
