package digitalwallet.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.messages.CommandMessage;
import digitalwallet.messages.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Messages that the wallet must neither do nor stumble over. */
final class Poison {

    private static final int KINDS = 15;
    private static final int DEPTH = 50_000;

    /** What becomes of 0.1 + 0.2 in a program that reckons with binary fractions. */
    private static final String DOUBLE = "0.30000000000000004";

    private final MessageKeys keys;
    private final String key;

    private Poison(MessageKeys keys, String key) {
        this.keys = keys;
        this.key = key;
    }

    /** The keys of a service, of which this file holds the only one. */
    static MessageKeys keys(Path file) {
        try {
            return new MessageKeys(new MessageKey(Files.readAllBytes(file)), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A message.
     *
     * @param key the user it pretends to be about, as its record has it
     * @param reason what its dead letter must say
     */
    record Message(String key, ProducerRecord<byte[], byte[]> record, String reason) {}

    /**
     * The message with this number; the kinds come one after the other.
     *
     * @param keys of the service that sends it
     * @param good a deposit of 1.00 that would be done, for a user of this name alone
     */
    static Message of(int number, MessageKeys keys, CommandMessage good) {
        return new Poison(keys, good.key()).of(number, good);
    }

    private Message of(int number, CommandMessage good) {
        var text = new String(good.toEvent().write(), UTF_8);
        return switch (number % KINDS) {
            case 0 -> message("no json, " + key, "malformed_json");
            case 1 -> message(text.replace("command.v1", "command.v9"), "unknown_type");
            case 2 -> message(text.replace("\"1.00\"", DOUBLE), "amount_precision");
            case 3 -> message(text.replace("user_id", "usr_id"), "unknown_field");
            case 4 -> message(text.replace("\"data\":{", "\"data\":" + deep()), "too_deep");
            case 5 -> message(text.substring(0, text.length() / 2), "malformed_json");
            case 6 -> message(text.replace(good.id() + "", randomId()), "invalid_id");
            case 7 -> new Message(key, record(key, null), "no_value");
            case 8 -> new Message(key, forged(text), "bad_signature");
            case 9 -> message(mutilated(text), "malformed_json");
            case 10 -> new Message(key, record(key, new byte[0]), "no_value");
            case 11 -> new Message(key, record(key, text.getBytes(UTF_8)), "unsigned");
            case 12 -> new Message(key, altered(text), "bad_signature");
            case 13 ->
                    message(text.replace("\"source\":\"service", "\"source\":\"x"), "wrong_source");
            default -> message(text.replace(key, "x" + key), "wrong_key");
        };
    }

    /** A message that says something else under the id of a command that was sent before. */
    static Message lie(MessageKeys keys, CommandMessage other) {
        var text = new String(other.toEvent().write(), UTF_8);
        return new Poison(keys, other.key()).message(text, "id_taken");
    }

    private Message message(String text, String reason) {
        return message(text.getBytes(UTF_8), reason);
    }

    private Message message(byte[] value, String reason) {
        return new Message(key, signed(value), reason);
    }

    private ProducerRecord<byte[], byte[]> signed(byte[] value) {
        var text = new String(value, UTF_8);
        return keys.sign(
                Topic.COMMANDS,
                new digitalwallet.messages.Message(
                        key,
                        attribute(text, "type"),
                        attribute(text, "id"),
                        attribute(text, "time"),
                        value));
    }

    private static String attribute(String message, String name) {
        var matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(message);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String deep() {
        return "{\"metadata\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + ",";
    }

    private static String randomId() {
        return UUID.randomUUID().toString();
    }

    private static ProducerRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new ProducerRecord<>(Topic.COMMANDS.word(), key.getBytes(UTF_8), value);
    }

    /** A sender who claims to be the administrator, and signs with a key of their own. */
    private ProducerRecord<byte[], byte[]> forged(String text) {
        var boss = "\"callerid\":\"boss\",\"callerrole\":\"admin\",\"subject\"";
        var own = new MessageKeys(new MessageKey(new byte[MessageKey.LENGTH_MIN]), null);
        return new Poison(own, key).signed(text.replace("\"subject\"", boss).getBytes(UTF_8));
    }

    /** Another amount under the signature of this one. */
    private ProducerRecord<byte[], byte[]> altered(String text) {
        var record = record(key, text.replace("1.00", "9.00").getBytes(UTF_8));
        signed(text.getBytes(UTF_8)).headers().forEach(record.headers()::add);
        return record;
    }

    /** Bytes that are no UTF-8. */
    private static byte[] mutilated(String text) {
        return text.replace("1.00", "\u00ff\u00fe").getBytes(ISO_8859_1);
    }
}
