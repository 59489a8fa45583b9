package digitalwallet.messages;

import digitalwallet.json.Json;
import digitalwallet.messages.MalformedMessageException.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes an envelope of one JSON object, or says why it is none. */
final class EnvelopeReader {

    private static final int ATTRIBUTE_LENGTH_MAX = 256;
    private static final int EXTENSIONS_MAX = 20;
    private static final Pattern EXTENSION_NAME = Pattern.compile("[a-z0-9]{1,20}");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,10}");
    private static final Pattern JSON =
            Pattern.compile(
                    Pattern.quote(CloudEvent.JSON) + "( *; *charset=\"?utf-8\"?)?",
                    Pattern.CASE_INSENSITIVE);
    private static final Set<String> STANDARD =
            Set.of(
                    "specversion",
                    "type",
                    "source",
                    "id",
                    "time",
                    "subject",
                    "datacontenttype",
                    "dataschema",
                    "data");

    private final Map<String, Json.Value> attributes;

    EnvelopeReader(Json.Members envelope) {
        this.attributes = envelope.values();
    }

    CloudEvent read() {
        if (!required("specversion").equals(CloudEvent.SPECVERSION)) {
            throw new MalformedMessageException(
                    Reason.WRONG_SPECVERSION, "the specversion must be " + CloudEvent.SPECVERSION);
        }
        requireJson();
        return new CloudEvent(
                required("id"),
                required("source"),
                required("type"),
                optional("subject"),
                time(),
                extensions(),
                data());
    }

    private void requireJson() {
        var type = optional("datacontenttype");
        if (type != null && !type.equals(CloudEvent.JSON) && !JSON.matcher(type).matches()) {
            throw new MalformedMessageException(
                    Reason.WRONG_DATACONTENTTYPE, "the datacontenttype must be application/json");
        }
    }

    private Instant time() {
        try {
            return MessageTime.parse(required("time"));
        } catch (DateTimeException _) {
            throw invalid("time", "a time such as 2026-11-23T10:00:00Z");
        }
    }

    private SortedMap<String, String> extensions() {
        var extensions = new TreeMap<String, String>();
        for (var name : attributes.keySet()) {
            if (STANDARD.contains(name)) {
                continue;
            }
            if (!EXTENSION_NAME.matcher(name).matches() || extensions.size() == EXTENSIONS_MAX) {
                throw invalid(
                        Json.shown(name),
                        "one of at most "
                                + EXTENSIONS_MAX
                                + " extensions with names of a-z and 0-9");
            }
            var value = optional(name);
            if (value != null) {
                extensions.put(name, value);
            }
        }
        return extensions;
    }

    private Json.Members data() {
        if (attributes.get("data") instanceof Json.Members object) {
            return object;
        }
        throw new MalformedMessageException(Reason.INVALID_DATA, "data must be a JSON object");
    }

    private String required(String name) {
        var text = optional(name);
        if (text == null) {
            throw new MalformedMessageException(
                    Reason.MISSING_ATTRIBUTE, "the attribute " + name + " is missing");
        }
        return text;
    }

    private @Nullable String optional(String name) {
        boolean isExtension = !STANDARD.contains(name);
        return switch (attributes.get(name)) {
            case null -> null;
            case Json.Nothing _ -> null;
            case Json.Text(var text) when isAttribute(text) -> text;
            case Json.Flag(var flag) when isExtension -> Boolean.toString(flag);
            case Json.Numeral(var literal) when isExtension && INTEGER.matcher(literal).matches() ->
                    literal;
            case Json.Text _, Json.Flag _, Json.Numeral _, Json.Items _, Json.Members _ ->
                    throw invalid(name, "a text of 1 to " + ATTRIBUTE_LENGTH_MAX + " characters");
        };
    }

    private static boolean isAttribute(String text) {
        return !text.isEmpty()
                && text.length() <= ATTRIBUTE_LENGTH_MAX
                && !hasControlCharacter(text);
    }

    private static boolean hasControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static MalformedMessageException invalid(String name, String expected) {
        return new MalformedMessageException(
                Reason.INVALID_ATTRIBUTE, "the attribute " + name + " must be " + expected);
    }
}
