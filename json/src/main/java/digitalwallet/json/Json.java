package digitalwallet.json;

import digitalwallet.json.MalformedJsonException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON (RFC 8259), strictly, in one pass, with numbers kept as they were written:
 * no amount is ever a binary fraction.
 */
public final class Json {

    /** The longest name, in UTF-16 characters: 256 characters of any kind. */
    public static final int NAME_LENGTH_MAX = 512;

    private static final int TOKEN_LENGTH_MAX = 1 << 21;
    private static final int BYTES_USUAL = 512;
    private static final int SHOWN_MAX = 64;

    // The parser would keep all names it ever saw in a table that all requests share, and refuse
    // names that collide there. A long number or text is no attack here: the size of the whole is
    // limited by the caller, and numbers are never converted.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNumberLength(TOKEN_LENGTH_MAX)
                                    .maxStringLength(TOKEN_LENGTH_MAX)
                                    .maxNameLength(TOKEN_LENGTH_MAX)
                                    .build())
                    .build();

    /**
     * How much one text may hold. All of it is counted while reading: what is too much is never
     * built.
     *
     * @param depthMax how deeply objects and arrays may be nested
     * @param valuesMax values in the whole text, objects and arrays among them
     * @param itemsMax values in one array
     */
    public record Limits(int depthMax, int valuesMax, int itemsMax) {}

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

    private Json() {}

    /**
     * Reads one object and nothing after it.
     *
     * @throws MalformedJsonException when the bytes are anything else, or more than the limits say
     */
    public static Members readObject(byte[] utf8, Limits limits) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), decoded(utf8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("this is no JSON object: send one");
            }
            var members = new JsonTree(parser, limits).members(limits.depthMax());
            if (parser.nextToken() != null) {
                throw malformed("something follows the JSON object: send it alone");
            }
            return members;
        } catch (JacksonException e) {
            throw malformed("this is not well-formed JSON" + place(e) + ": check what comes there");
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

    /** Decoded here, because the parser would also accept UTF-16, UTF-32 and half characters. */
    private static String decoded(byte[] bytes) {
        if (bytes.length == 0) {
            throw malformed("there is nothing: send one JSON object");
        }
        if (bytes[0] == (byte) 0xEF) {
            throw malformed("this is not plain UTF-8: send it so, without a byte order mark");
        }
        try {
            // Most messages are ASCII, and seeing that costs nearly nothing.
            return isAscii(bytes)
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                    : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw malformed("this is not UTF-8: send it so");
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
            return Printable.of(name);
        }
        int end = Character.isHighSurrogate(name.charAt(SHOWN_MAX - 1)) ? SHOWN_MAX - 1 : SHOWN_MAX;
        return Printable.of(name.substring(0, end)) + "…";
    }

    static MalformedJsonException malformed(String sentence) {
        return new MalformedJsonException(Reason.MALFORMED_JSON, sentence);
    }
}
