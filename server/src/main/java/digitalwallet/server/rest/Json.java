package digitalwallet.server.rest;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON (RFC 8259), strictly, in one pass, with numbers kept as they were written.
 */
final class Json {

    private static final int DEPTH_MAX = 8;
    private static final int TOKEN_LENGTH_MAX = 1 << 20;
    private static final int ANSWER_BYTES_USUAL = 512;

    // A long number or name is not an attack here: the size of the body is limited already, and
    // numbers are never converted.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNumberLength(TOKEN_LENGTH_MAX)
                                    .maxStringLength(TOKEN_LENGTH_MAX)
                                    .maxNameLength(TOKEN_LENGTH_MAX)
                                    .build())
                    .build();

    /** A JSON value. */
    sealed interface Value {}

    /** A string. */
    record Text(String value) implements Value {}

    /**
     * A number.
     *
     * @param literal exactly as it was written
     */
    record Numeral(String literal) implements Value {}

    /** {@code true} or {@code false}. */
    record Flag(boolean value) implements Value {}

    /** {@code null}, the same as if the field were not there. */
    record Nothing() implements Value {}

    /** An array. */
    record Items(List<Value> values) implements Value {}

    /** An object, its fields in the order they were written. */
    record Members(Map<String, Value> values) implements Value {}

    private static final Nothing NOTHING = new Nothing();

    private Json() {}

    /**
     * Reads an object.
     *
     * @throws ProblemException when it is not one well-formed object, without repeated fields and
     *     not too deep
     */
    static Members readObject(byte[] body) {
        if (!isUtf8(body)) {
            throw malformed("the body is not UTF-8");
        }
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            var first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw malformed("the body must be one JSON object");
            }
            var members = members(parser, 1);
            if (parser.nextToken() != null) {
                throw malformed("something follows the JSON object");
            }
            return members;
        } catch (JacksonException e) {
            throw malformed("the body is not well-formed JSON" + place(e));
        }
    }

    /** Writes what this writes. */
    static byte[] write(Consumer<JsonGenerator> content) {
        var bytes = new ByteArrayOutputStream(ANSWER_BYTES_USUAL);
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(json);
        }
        return bytes.toByteArray();
    }

    private static Members members(JsonParser parser, int depth) {
        var values = new LinkedHashMap<String, Value>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (values.put(name, value(parser, depth)) != null) {
                throw ProblemException.ofField(
                        ProblemCode.DUPLICATE_FIELD, shown(name), "a field is given twice");
            }
        }
        return new Members(values);
    }

    private static Items items(JsonParser parser, int depth) {
        var values = new ArrayList<Value>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser, depth));
        }
        return new Items(values);
    }

    private static Value value(JsonParser parser, int depth) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getString());
            case VALUE_TRUE -> new Flag(true);
            case VALUE_FALSE -> new Flag(false);
            case VALUE_NULL -> NOTHING;
            case START_OBJECT -> members(parser, deeper(depth));
            case START_ARRAY -> items(parser, deeper(depth));
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw malformed("a value is missing");
            case null -> throw malformed("the body ends too early");
        };
    }

    private static int deeper(int depth) {
        if (depth == DEPTH_MAX) {
            throw new ProblemException(
                    ProblemCode.TOO_DEEP, "a body has at most " + DEPTH_MAX + " levels");
        }
        return depth + 1;
    }

    /**
     * The parser would accept UTF-16 and UTF-32 too, which have a zero among the first two bytes.
     */
    private static boolean isUtf8(byte[] body) {
        return body.length < 2
                || (body[0] != 0
                        && body[1] != 0
                        && body[0] != (byte) 0xFE
                        && body[0] != (byte) 0xFF);
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /** A name as it may be repeated in an answer: what the caller sent, but not all of it. */
    static String shown(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED_JSON, detail);
    }
}
