package digitalwallet.gate.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.json.Json;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one object in a request, read as what they are meant to be. */
public final class Fields {

    private final Map<String, Json.Value> values;

    private Fields(Map<String, Json.Value> values) {
        this.values = values;
    }

    /**
     * The fields of an object.
     *
     * @param names the fields that there may be
     * @throws ProblemException when there is another field
     */
    public static Fields of(Map<String, Json.Value> values, Set<String> names) {
        for (var name : values.keySet()) {
            if (!names.contains(name)) {
                throw ProblemException.ofField(
                        ProblemCode.UNKNOWN_FIELD,
                        Json.shown(name),
                        Json.shown(name)
                                + " is no field here: check its spelling, or leave it out");
            }
        }
        return new Fields(values);
    }

    /** The fields of an object that may have others, which are passed over. */
    public static Fields ofSome(Map<String, Json.Value> values) {
        return new Fields(values);
    }

    /**
     * A required identifier: a text, or a whole number as it was written.
     *
     * @throws ProblemException when it is not an identifier
     */
    public String identifier(String name) {
        return present(name, optionalIdentifier(name));
    }

    /** An identifier, or null when it is not given. */
    public @Nullable String optionalIdentifier(String name) {
        var text =
                switch (value(name)) {
                    case null -> null;
                    case Json.Text(var given) -> given;
                    case Json.Numeral(var literal) when Identifiers.isWhole(literal) -> literal;
                    case Json.Numeral _,
                            Json.Flag _,
                            Json.Nothing _,
                            Json.Items _,
                            Json.Members _ ->
                            "";
                };
        return text == null ? null : Identifiers.checked(name, text);
    }

    /**
     * The text of an amount: a string, or a number as it was written; empty when it is neither.
     *
     * @throws ProblemException when it is missing
     */
    public String literal(String name) {
        return switch (value(name)) {
            case null -> present(name, null);
            case Json.Text(var text) -> text;
            case Json.Numeral(var number) -> number;
            case Json.Flag _, Json.Nothing _, Json.Items _, Json.Members _ -> "";
        };
    }

    /** A word, or null when it is not given; anything but a string is the empty word. */
    public @Nullable String optionalWord(String name) {
        return switch (value(name)) {
            case null -> null;
            case Json.Text(var word) -> word;
            case Json.Numeral _, Json.Flag _, Json.Nothing _, Json.Items _, Json.Members _ -> "";
        };
    }

    /** Whether it is given as null. */
    public boolean isNull(String name) {
        return values.get(name) instanceof Json.Nothing;
    }

    /** What is given, or null when it is not given, or given as null. */
    public Json.@Nullable Value value(String name) {
        var value = values.get(name);
        return value instanceof Json.Nothing ? null : value;
    }

    /**
     * A text that must be there, without control characters: the database could not store all of
     * them.
     *
     * @param lengthMax in characters
     * @throws ProblemException when it is missing, empty or too long
     */
    public String text(String name, int lengthMax) {
        return switch (values.get(name)) {
            case null -> present(name, null);
            case Json.Nothing _ -> present(name, null);
            case Json.Text(var text) when isText(text, lengthMax) -> text;
            case Json.Text _, Json.Numeral _, Json.Flag _, Json.Items _, Json.Members _ ->
                    throw ProblemException.ofField(
                            ProblemCode.INVALID_TEXT,
                            name,
                            name
                                    + " is empty, too long or no text: send 1 to "
                                    + lengthMax
                                    + " characters");
        };
    }

    private static boolean isText(String text, int lengthMax) {
        return !text.isEmpty()
                && text.codePointCount(0, text.length()) <= lengthMax
                && text.chars().noneMatch(c -> c < ' ');
    }

    private static String present(String name, @Nullable String value) {
        if (value == null) {
            throw ProblemException.ofField(
                    ProblemCode.MISSING_FIELD, name, name + " is missing: send it");
        }
        return value;
    }
}
