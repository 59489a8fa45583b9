package digitalwallet.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.messages.Caller;
import digitalwallet.messages.CommandMessage;
import digitalwallet.messages.Topic;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Messages that the wallet must neither do nor stumble over. */
final class Poison {

    private static final int KINDS = 10;
    private static final int DEPTH = 50_000;

    /** What becomes of 0.1 + 0.2 in a program that reckons with binary fractions. */
    private static final String DOUBLE = "0.30000000000000004";

    private Poison() {}

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
     * @param good a deposit of 1.00 that would be done, for a user of this name alone
     */
    static Message of(int number, CommandMessage good) {
        var key = good.key();
        var text = new String(good.toEvent().write(), UTF_8);
        return switch (number % KINDS) {
            case 0 -> message(key, "no json, " + key, "malformed_json");
            case 1 -> message(key, text.replace("command.v1", "command.v9"), "unknown_type");
            case 2 -> message(key, text.replace("\"1.00\"", DOUBLE), "amount_precision");
            case 3 -> message(key, text.replace("user_id", "usr_id"), "unknown_field");
            case 4 -> message(key, text.replace("\"data\":{", "\"data\":" + deep()), "too_deep");
            case 5 -> message(key, text.substring(0, text.length() / 2), "malformed_json");
            case 6 -> message(key, text.replace(good.id() + "", randomId()), "invalid_id");
            case 7 -> new Message(key, record(key, null), "no_value");
            case 8 -> new Message(key, forged(key, text), "bad_signature");
            default -> new Message(key, record(key, mutilated(text)), "malformed_json");
        };
    }

    /** A message that says something else under the id of a command that was sent before. */
    static Message lie(CommandMessage other) {
        return new Message(other.key(), record(other.key(), other.toEvent().write()), "id_taken");
    }

    private static Message message(String key, String text, String reason) {
        return new Message(key, record(key, text.getBytes(UTF_8)), reason);
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
    private static ProducerRecord<byte[], byte[]> forged(String key, String text) {
        var boss = "\"callerid\":\"boss\",\"callerrole\":\"admin\",\"subject\"";
        var record = record(key, text.replace("\"subject\"", boss).getBytes(UTF_8));
        record.headers().add(Caller.SIGNATURE_HEADER, new byte[32]);
        return record;
    }

    /** Bytes that are no UTF-8. */
    private static byte[] mutilated(String text) {
        return text.replace("1.00", "\u00ff\u00fe").getBytes(ISO_8859_1);
    }
}
