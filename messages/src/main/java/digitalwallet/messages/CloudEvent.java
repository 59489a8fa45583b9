package digitalwallet.messages;

import digitalwallet.json.Json;
import digitalwallet.json.JsonObject;
import digitalwallet.json.MalformedJsonException;
import digitalwallet.messages.MalformedMessageException.Reason;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of every message: CloudEvents 1.0, structured JSON mode.
 *
 * @param id unique among the messages of its source
 * @param source who says this
 * @param type a word of {@link MessageType}, or one that is unknown here
 * @param subject whom it is about, or null
 * @param time when it happened
 * @param extensions further attributes by name, sorted; a number or a truth value as its text
 * @param data one JSON object, its fields in their order and its numbers as they were written
 */
public record CloudEvent(
        String id,
        String source,
        String type,
        @Nullable String subject,
        Instant time,
        SortedMap<String, String> extensions,
        Json.Members data) {

    /** The most bytes a message may have. */
    public static final int BYTES_MAX = 1_310_720;

    /** How deeply its objects and arrays may be nested. */
    public static final int DEPTH_MAX = 9;

    /**
     * The most values a message has, as in a batch of a thousand commands with all their labels.
     */
    public static final int VALUES_MAX = 50_000;

    private static final Json.Limits LIMITS = new Json.Limits(DEPTH_MAX, VALUES_MAX, VALUES_MAX);

    static final String SPECVERSION = "1.0";
    static final String JSON = "application/json";

    /** Copies the extensions. */
    public CloudEvent {
        extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    }

    /** What a type says, in an envelope without extensions. */
    static CloudEvent of(
            MessageType type,
            String source,
            String id,
            String subject,
            Instant time,
            JsonObject data) {
        return new CloudEvent(
                id, source, type.word(), subject, time, new TreeMap<>(), data.members());
    }

    /** The same with a caller who stands behind it. */
    CloudEvent from(@Nullable Caller caller) {
        return caller == null
                ? this
                : new CloudEvent(id, source, type, subject, time, caller.extensions(), data);
    }

    /**
     * Reads the bytes of a message.
     *
     * @throws MalformedMessageException when they are not one CloudEvent with an object as data
     */
    public static CloudEvent read(byte[] message) {
        if (message.length > BYTES_MAX) {
            throw new MalformedMessageException(
                    Reason.TOO_LARGE, "a message has at most " + BYTES_MAX + " bytes");
        }
        try {
            return new EnvelopeReader(Json.readObject(message, LIMITS)).read();
        } catch (MalformedJsonException e) {
            throw MalformedMessageException.of(e);
        }
    }

    /** The bytes of the message: equal events, equal bytes. */
    public byte[] write() {
        var envelope =
                new JsonObject()
                        .put("specversion", SPECVERSION)
                        .put("type", type)
                        .put("source", source)
                        .put("id", id)
                        .put("time", timeText())
                        .put("subject", subject)
                        .put("datacontenttype", JSON);
        extensions.forEach((name, text) -> envelope.put(name, text));
        return Json.write(envelope.put("data", data).members());
    }

    /** The time as it is written. */
    String timeText() {
        return JsonObject.text(time);
    }

    /** The data as JSON in UTF-8, for a reader of its own. */
    public byte[] dataBytes() {
        return Json.write(data);
    }

    /**
     * What its type is here.
     *
     * @throws MalformedMessageException when the type or this version of it is not known
     */
    public MessageType knownType() {
        return MessageType.find(type)
                .orElseThrow(
                        () ->
                                new MalformedMessageException(
                                        Reason.UNKNOWN_TYPE,
                                        "the type " + Json.shown(type) + " is not known"));
    }

    /**
     * Makes sure that it is of this type.
     *
     * @throws MalformedMessageException when it is not
     */
    void require(MessageType wanted) {
        if (knownType() != wanted) {
            throw new MalformedMessageException(
                    Reason.UNKNOWN_TYPE, "the type must be " + wanted.word());
        }
    }
}
