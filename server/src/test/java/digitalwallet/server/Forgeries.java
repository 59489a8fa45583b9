package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.messages.Message;
import digitalwallet.messages.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Commands of which nobody known says who wrote them, or which are not what somebody wrote. */
final class Forgeries {

    private static final MessageKeys STRANGER =
            new MessageKeys(
                    new MessageKey("of somebody whom no wallet knows.".getBytes(UTF_8)), null);

    private final QueueFixture queue;
    private final String user;

    Forgeries(QueueFixture queue, String user) {
        this.queue = queue;
        this.user = user;
    }

    /** By the reason why they are refused, and what is forged. */
    Map<String, ProducerRecord<byte[], byte[]>> all() {
        var all = new LinkedHashMap<String, ProducerRecord<byte[], byte[]>>();
        var key = user.getBytes(UTF_8);
        var signed = queue.signed(user, deposit());
        all.put("no_value: a tombstone", with(signed, key, null));
        all.put("no_value: empty", with(signed, key, new byte[0]));
        all.put("unsigned: a deposit", unsigned(deposit()));
        all.put("unsigned: words", unsigned("no json"));
        all.put("unsigned: the wallet's own", unsigned(deposit().replace("orders", "wallet")));
        all.put("bad_signature: a stranger's", stranger());
        all.put("bad_signature: another amount", altered("1.00", "9.00"));
        all.put("bad_signature: no JSON any more", altered("{", ""));
        all.put("bad_signature: another key", with(signed, "bob".getBytes(UTF_8), signed.value()));
        all.put("bad_signature: no key", with(signed, null, signed.value()));
        all.put("bad_signature: another topic", ofAnotherTopic());
        for (var header : new String[] {Message.TYPE_HEADER, Message.ID_HEADER}) {
            var other = queue.signed(user, deposit());
            other.headers().remove(header);
            all.put("bad_signature: without " + header, other);
        }
        for (int length : new int[] {0, 32, 63, 100_000}) {
            all.put("bad_signature: bytes, " + length, under(new byte[length]));
        }
        all.put("bad_signature: a header without a value", under(null));
        all.put("wrong_header: signed with another id", withTheHeadersOfAnother());
        all.put("wrong_key: of another user", queue.signed("bob", deposit()));
        all.put("wrong_source: of another service", ofAnotherSource());
        return all;
    }

    private ProducerRecord<byte[], byte[]> stranger() {
        return QueueFixture.signed(Topic.COMMANDS, user, deposit(), STRANGER);
    }

    private ProducerRecord<byte[], byte[]> altered(String from, String to) {
        var deposit = deposit();
        var value = deposit.replaceFirst(Pattern.quote(from), to).getBytes(UTF_8);
        return with(queue.signed(user, deposit), user.getBytes(UTF_8), value);
    }

    private ProducerRecord<byte[], byte[]> ofAnotherTopic() {
        var keys = queue.keys("WALLET_PRODUCERS_FILE", "orders.key");
        var elsewhere = QueueFixture.signed(Topic.PAYMENTS, user, deposit(), keys);
        return with(elsewhere, elsewhere.key(), elsewhere.value());
    }

    private ProducerRecord<byte[], byte[]> withTheHeadersOfAnother() {
        var keys = queue.keys("WALLET_PRODUCERS_FILE", "orders.key");
        var id = UuidCreator.getTimeOrderedEpoch().toString();
        return keys.sign(
                Topic.COMMANDS,
                new Message(user, "wallet.command.v1", id, "", deposit().getBytes(UTF_8)));
    }

    private ProducerRecord<byte[], byte[]> ofAnotherSource() {
        return queue.signed(
                user, deposit().replace("\"source\":\"orders\"", "\"source\":\"till\""));
    }

    private ProducerRecord<byte[], byte[]> unsigned(String value) {
        return new ProducerRecord<>(
                Topic.COMMANDS.word(), user.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private ProducerRecord<byte[], byte[]> under(byte @Nullable [] signature) {
        var message = unsigned(deposit());
        message.headers().add(Message.SIGNATURE_HEADER, signature);
        return message;
    }

    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> signed, byte @Nullable [] key, byte @Nullable [] value) {
        return new ProducerRecord<>(Topic.COMMANDS.word(), null, key, value, signed.headers());
    }

    private String deposit() {
        return queue.command(user, "deposit", "1.00");
    }
}
