package digitalwallet.json;

import digitalwallet.json.MalformedJsonException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
 * Reads and writes JSON (RFC 8259), strictly, in one pass, with numbers kept as they were written:
 * no amount is ever a binary fraction.
 */
public final class Json {

    private static final int TOKEN_LENGTH_MAX = 1 << 21;
    private static final int BYTES_USUAL = 512;
    private static final int SHOWN_MAX = 64;

    // A long number or name is no attack here: the size of the whole is limited by the caller, and
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
    public sealed interface Value {}

    /** A string. */
    public record Text(String value) implements Value {}

    /**
     * A number.
     *
     * @param literal exactly as it was written
     */
    public record Numeral(String literal) implements Value {}

    /** {@code true} or {@code false}. */
    public record Flag(boolean value) implements Value {}

    /** {@code null}, the same as if the field were not there. */
    public record Nothing() implements Value {}

    /** An array. */
    public record Items(List<Value> values) implements Value {}

    /** An object, its fields in the order they were written. */
    public record Members(Map<String, Value> values) implements Value {}

    private static final Nothing NOTHING = new Nothing();

    private Json() {}

    /**
     * Reads one object and nothing after it.
     *
     * @param depthMax how deeply objects and arrays may be nested
     * @throws MalformedJsonException when the bytes are anything else
     */
    public static Members readObject(byte[] utf8, int depthMax) {
        requireUtf8(utf8);
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("one JSON object is expected");
            }
            var members = members(parser, depthMax);
            if (parser.nextToken() != null) {
                throw malformed("something follows the JSON object");
            }
            return members;
        } catch (JacksonException e) {
            throw malformed("this is not well-formed JSON" + place(e));
        }
    }

    /** Writes an object without blanks, its fields in their order: equal objects, equal bytes. */
    public static byte[] write(Members object) {
        return write(generator -> write(object, generator));
    }

    /**
     * Writes JSON without holding a tree of it in memory.
     *
     * @param content writes exactly one value
     */
    public static byte[] write(Consumer<JsonGenerator> content) {
        var bytes = new ByteArrayOutputStream(BYTES_USUAL);
        try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(generator);
        }
        return bytes.toByteArray();
    }

    /** Writes a value where a generator stands. */
    public static void write(Value value, JsonGenerator generator) {
        switch (value) {
            case Text(var text) -> generator.writeString(text);
            case Numeral(var literal) -> generator.writeRawValue(literal);
            case Flag(var flag) -> generator.writeBoolean(flag);
            case Nothing _ -> generator.writeNull();
            case Items(var values) -> {
                generator.writeStartArray();
                values.forEach(each -> write(each, generator));
                generator.writeEndArray();
            }
            case Members(var values) -> {
                generator.writeStartObject();
                values.forEach(
                        (name, each) -> {
                            generator.writeName(name);
                            write(each, generator);
                        });
                generator.writeEndObject();
            }
        }
    }

    private static Members members(JsonParser parser, int levels) {
        var values = new LinkedHashMap<String, Value>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (values.put(whole(name), value(parser, levels)) != null) {
                throw new MalformedJsonException(
                        Reason.DUPLICATE_FIELD, "the field " + shown(name) + " is given twice");
            }
        }
        return new Members(values);
    }

    private static Items items(JsonParser parser, int levels) {
        var values = new ArrayList<Value>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser, levels));
        }
        return new Items(values);
    }

    private static Value value(JsonParser parser, int levels) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Text(whole(parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getString());
            case VALUE_TRUE -> new Flag(true);
            case VALUE_FALSE -> new Flag(false);
            case VALUE_NULL -> NOTHING;
            case START_OBJECT -> members(parser, fewer(levels));
            case START_ARRAY -> items(parser, fewer(levels));
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw malformed("a value is missing");
            case null -> throw malformed("the JSON ends too early");
        };
    }

    /**
     * Refuses half a surrogate pair: it can be escaped in JSON, but could never be written again.
     */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), text.charAt(nextOf(i, text)))) {
                    throw new MalformedJsonException(
                            Reason.INVALID_TEXT, "a text holds half a character");
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
            throw new MalformedJsonException(Reason.TOO_DEEP, "it is nested too deeply");
        }
        return levels - 1;
    }

    /** Needed because the parser would accept UTF-16, UTF-32 and surrogates encoded one by one. */
    private static void requireUtf8(byte[] bytes) {
        try {
            // Most messages are ASCII, and seeing that costs nearly nothing.
            if (!isAscii(bytes)) {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            }
        } catch (CharacterCodingException _) {
            throw malformed("this is not UTF-8");
        }
        if (bytes.length == 0 || bytes[0] == (byte) 0xEF || hasZero(bytes)) {
            throw malformed("this is not plain UTF-8 without a byte order mark");
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasZero(byte[] bytes) {
        return bytes[0] == 0 || (bytes.length > 1 && bytes[1] == 0);
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /**
     * A name as it may be repeated in an answer: what the sender wrote, but not all of it. No
     * character is cut in half.
     */
    public static String shown(String name) {
        if (name.length() <= SHOWN_MAX) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(SHOWN_MAX - 1)) ? SHOWN_MAX - 1 : SHOWN_MAX;
        return name.substring(0, end) + "…";
    }

    private static MalformedJsonException malformed(String sentence) {
        return new MalformedJsonException(Reason.MALFORMED_JSON, sentence);
    }
}
