package digitalwallet.gate.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, read as strictly as the fields of a body. */
public final class Parameters {

    private static final int LIMIT_USUAL = 50;
    private static final int LIMIT_MAX = 200;
    private static final int YEAR_MIN = 1;
    private static final int YEAR_MAX = 9999;
    private static final String LOCAL =
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?";
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern SPACE_FOR_PLUS = Pattern.compile(LOCAL + " [0-9]{2}:?[0-9]{2}");
    private static final Pattern OFFSET_WITHOUT_COLON =
            Pattern.compile(LOCAL + "[+-][0-9]{2}([0-9]{2})?");
    private static final Pattern WITHOUT_OFFSET = Pattern.compile(LOCAL);

    private final Map<String, String> values = new HashMap<>();

    private Parameters() {}

    /**
     * The parameters of this request.
     *
     * @param names the parameters that there may be
     * @throws ProblemException when there is another one, or one is given twice
     */
    public static Parameters of(HttpServletRequest request, Set<String> names) {
        var parameters = new Parameters();
        var query = request.getQueryString();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (!names.contains(name)) {
                throw ProblemException.ofField(
                        ProblemCode.UNKNOWN_FIELD,
                        Json.shown(name),
                        Json.shown(name)
                                + " is no parameter here: check its spelling, or leave it out");
            }
            if (parameters.values.put(name, value) != null) {
                throw ProblemException.ofField(
                        ProblemCode.DUPLICATE_FIELD, name, name + " is given twice: send it once");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "the query is not percent-encoded: write % itself as %25");
        }
    }

    /** The parameter, or null when it is not given. */
    public @Nullable String text(String name) {
        return values.get(name);
    }

    /** The parameter as an identifier; null when it is not given. */
    public @Nullable String identifier(String name) {
        var text = values.get(name);
        return text == null ? null : Identifiers.checked(name, text);
    }

    /** The parameter read as something else; null when it is not given. */
    public <T> @Nullable T read(String name, Function<String, T> meaning) {
        var text = values.get(name);
        return text == null ? null : meaning.apply(text);
    }

    /** The word, which must be one of these; null when it is not given. */
    public @Nullable String word(String name, Set<String> words) {
        var word = values.get(name);
        if (word != null && !words.contains(word)) {
            throw invalid(
                    name,
                    name + " is no word that is known: send one of " + String.join(", ", words));
        }
        return word;
    }

    /** A time as RFC 3339 writes it. */
    public @Nullable Instant time(String name) {
        var text = values.get(name);
        if (text == null) {
            return null;
        }
        try {
            var time = OffsetDateTime.parse(text);
            if (time.getYear() >= YEAR_MIN && time.getYear() <= YEAR_MAX) {
                return time.toInstant();
            }
        } catch (DateTimeException _) {
            throw invalid(name, name + " " + faultOfTime(text));
        }
        throw invalid(name, name + " lies outside of the years 1 to 9999: send a time within them");
    }

    /**
     * Makes sure that a time does not lie after another.
     *
     * @throws ProblemException when it does
     */
    public void requireOrder(String from, String to) {
        var earlier = time(from);
        var later = time(to);
        if (earlier != null && later != null && earlier.isAfter(later)) {
            throw invalid(from, from + " lies after " + to + ": swap them");
        }
    }

    /** What most people mean by a text that is not a time. */
    private static String faultOfTime(String text) {
        if (DATE.matcher(text).matches()) {
            return "is a date: add the time of the day, as in 2026-01-31T00:00:00Z";
        }
        if (SPACE_FOR_PLUS.matcher(text).matches()) {
            return "has a space before its offset: in a query, + is written %2B";
        }
        if (OFFSET_WITHOUT_COLON.matcher(text).matches()) {
            return "has an offset without a colon: write it as in %2B04:00";
        }
        if (WITHOUT_OFFSET.matcher(text).matches()) {
            return "has no offset: end it with Z, or as in %2B04:00";
        }
        return "is no time: write it as in 2026-01-31T12:00:00Z";
    }

    /** How many items a page has at most. */
    public int limit() {
        return number("limit", 1, LIMIT_USUAL, LIMIT_MAX);
    }

    /** A whole number within bounds, both included; the usual one when it is not given. */
    public int number(String name, int min, int usual, int max) {
        var text = values.get(name);
        if (text == null) {
            return usual;
        }
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw invalid(
                name, name + " is no number that is allowed: send one from " + min + " to " + max);
    }

    private static ProblemException invalid(String name, String detail) {
        return ProblemException.ofField(ProblemCode.INVALID_PARAMETER, name, detail);
    }
}
