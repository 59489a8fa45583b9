package digitalwallet.bench.measure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The results as JSON, for those who follow them from release to release. */
public final class Json {

    private Json() {}

    /** An array with an object for each line of the table. */
    public static String of(List<Result> results) {
        return results.stream().map(Json::object).collect(Collectors.joining(",\n ", "[", "]\n"));
    }

    private static String object(Result result) {
        return "{\"bench\": %s, \"what\": %s, \"value\": %s, \"unit\": %s, \"against\": %s, \"ratio\": %s, \"bar\": %s, \"met\": %s, \"cpu\": %s}"
                .formatted(
                        text(result.bench()),
                        text(result.what()),
                        number(result.value()),
                        text(result.unit()),
                        text(result.against()),
                        number(result.ratio()),
                        text(result.bar()),
                        result.met(),
                        text(result.cpu()));
    }

    private static String number(@Nullable Double value) {
        return value == null || !Double.isFinite(value)
                ? "null"
                : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String text(@Nullable String value) {
        if (value == null) {
            return "null";
        }
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
