package digitalwallet.kafka.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.messages.MalformedMessageException;
import digitalwallet.messages.MalformedMessageException.Reason;
import digitalwallet.messages.Message;
import digitalwallet.messages.Topic;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthenticReaderTest {

    private static final String TYPE = "wallet.command.v1";
    private static final String ID = "0192f2a8-0000-7000-8000-000000000001";
    private static final String TIME = "2026-11-30T10:00:00Z";
    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"type\":\"%s\",\"source\":\"orders\",\"id\":\"%s\",\"time\":\"%s\",\"data\":{}}"
                    .formatted(TYPE, ID, TIME);

    private static final MessageKeys OLD = keys(1, null);
    private static final MessageKeys NEW = keys(2, OLD.signing());

    /** A record as a consumer meets it. */
    private static final class Sent {
        private final String topic;
        private final byte @Nullable [] key;
        private final byte @Nullable [] value;
        private final Headers headers;

        Sent(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
            this.topic = topic;
            this.key = key;
            this.value = value;
            this.headers = headers;
        }

        static Sent of(ProducerRecord<byte[], byte[]> record) {
            return new Sent(record.topic(), record.key(), record.value(), record.headers());
        }

        Sent with(String header, String value) {
            var changed = new RecordHeaders(headers);
            changed.remove(header).add(header, value.getBytes(UTF_8));
            return new Sent(topic, key, this.value, changed);
        }

        Sent without(String header) {
            return new Sent(topic, key, value, new RecordHeaders(headers).remove(header));
        }

        ConsumerRecord<byte[], byte[]> met() {
            return new ConsumerRecord<>(
                    topic,
                    0,
                    0,
                    0,
                    TimestampType.CREATE_TIME,
                    0,
                    0,
                    key,
                    value,
                    headers,
                    Optional.empty());
        }
    }

    @Test
    void the_signature_is_the_one_that_the_documents_describe() {
        var secret = new byte[MessageKey.LENGTH_MIN];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        var message = new Message("alice", TYPE, ID, TIME, "{\"a\":1}".getBytes(UTF_8));
        var record = new MessageKeys(new MessageKey(secret), null).sign(Topic.COMMANDS, message);
        var header = record.headers().lastHeader(Message.SIGNATURE_HEADER).value();
        assertThat(new String(header, UTF_8))
                .isEqualTo("v1 630dcd2966c43366 GtZFsgYYnDqODqflbUnukBsCSumBCysNsQYGuX6j9ps");
    }

    @Test
    void what_was_signed_is_read_with_the_key_it_was_signed_with() {
        var authentic = reader(NEW).read(signed(NEW).met());
        assertThat(authentic.event().source()).isEqualTo("orders");
        assertThat(authentic.keyId()).isEqualTo(NEW.signing().id());
    }

    @Test
    void while_a_key_is_replaced_both_are_believed_and_afterwards_one() {
        assertThat(reader(NEW).read(signed(OLD).met()).keyId()).isEqualTo(OLD.signing().id());
        assertRefused(reader(OLD), signed(NEW), Reason.BAD_SIGNATURE);
    }

    @Test
    void a_message_without_a_signature_is_believed_only_when_the_broker_is_trusted() {
        var unsigned = signed(NEW).without(Message.SIGNATURE_HEADER);
        assertRefused(reader(NEW), unsigned, Reason.UNSIGNED);
        var trusting = new AuthenticReader(NEW::find, true);
        assertThat(trusting.read(unsigned.met()).keyId()).isNull();
        assertRefused(
                trusting, unsigned.with(Message.SIGNATURE_HEADER, "v1 x y"), Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_header_without_a_value_is_no_signature(boolean trustsBroker) {
        var headers = new RecordHeaders(signed(NEW).headers);
        headers.remove(Message.SIGNATURE_HEADER).add(Message.SIGNATURE_HEADER, null);
        assertRefused(
                new AuthenticReader(NEW::find, trustsBroker),
                new Sent(Topic.COMMANDS.word(), null, EVENT.getBytes(UTF_8), headers),
                Reason.BAD_SIGNATURE);
    }

    @Test
    void whatever_is_altered_the_message_is_not_believed() {
        var sent = signed(NEW);
        var reader = reader(NEW);
        var value = EVENT.replace("orders", "Orders").getBytes(UTF_8);
        var bob = "bob".getBytes(UTF_8);
        var bad = Reason.BAD_SIGNATURE;
        assertRefused(reader, new Sent(sent.topic, sent.key, value, sent.headers), bad);
        assertRefused(reader, new Sent(sent.topic, bob, sent.value, sent.headers), bad);
        assertRefused(reader, new Sent(sent.topic, null, sent.value, sent.headers), bad);
        assertRefused(reader, new Sent("payments.events", sent.key, sent.value, sent.headers), bad);
        for (var header : new String[] {"ce_type", "ce_id", "ce_time"}) {
            assertRefused(reader, sent.with(header, "else"), bad);
            assertRefused(reader, sent.without(header), bad);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1",
                "v2 630dcd2966c43366 GtZFsgYYnDqODqflbUnukBsCSumBCysNsQYGuX6j9ps",
                "v1 630dcd2966c43366 GtZFsgYYnDqODqflbUnukBsCSumBCysNsQYGuX6j9pt",
                "v1 630DCD2966C43366 GtZFsgYYnDqODqflbUnukBsCSumBCysNsQYGuX6j9ps",
                "v1 630dcd2966c43366 GtZFsgYYnDqODqflbUnukBsCSumBCysNsQYGuX6j9ps="
            })
    void a_header_that_is_no_signature_is_refused(String header) {
        assertRefused(
                reader(NEW),
                signed(NEW).with(Message.SIGNATURE_HEADER, header),
                Reason.BAD_SIGNATURE);
    }

    @Test
    void parts_cannot_flow_into_each_other() {
        var one = NEW.sign(Topic.COMMANDS, new Message("ab", "c", "d", "e", new byte[1]));
        var two = NEW.sign(Topic.COMMANDS, new Message("a", "bc", "d", "e", new byte[1]));
        assertThat(one.headers().lastHeader(Message.SIGNATURE_HEADER).value())
                .isNotEqualTo(two.headers().lastHeader(Message.SIGNATURE_HEADER).value());
    }

    @Test
    void headers_that_say_something_else_than_the_event_are_refused_although_they_are_signed() {
        var other = new Message("alice", TYPE, "another", TIME, EVENT.getBytes(UTF_8));
        assertRefused(reader(NEW), Sent.of(NEW.sign(Topic.COMMANDS, other)), Reason.WRONG_HEADER);
    }

    @Test
    void an_empty_message_is_refused_whoever_signed_it() {
        var sent = signed(NEW);
        var empty = new Message("alice", TYPE, ID, TIME, new byte[0]);
        assertRefused(reader(NEW), Sent.of(NEW.sign(Topic.COMMANDS, empty)), Reason.NO_VALUE);
        assertRefused(
                reader(NEW), new Sent(sent.topic, sent.key, null, sent.headers), Reason.NO_VALUE);
    }

    @Test
    void a_record_key_that_is_not_the_user_or_missing_is_refused() {
        var sent = signed(NEW);
        AuthenticReader.requireKey(sent.met(), "alice");
        assertThatThrownBy(() -> AuthenticReader.requireKey(sent.met(), "bob"))
                .isInstanceOf(MalformedMessageException.class);
        var keyless = new Sent(sent.topic, null, sent.value, sent.headers);
        assertThatThrownBy(() -> AuthenticReader.requireKey(keyless.met(), ""))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void a_short_key_is_none() {
        assertThatThrownBy(() -> new MessageKey(new byte[MessageKey.LENGTH_MIN - 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key has at least 32 bytes, not 31");
    }

    private static void assertRefused(AuthenticReader reader, Sent sent, Reason reason) {
        assertThatThrownBy(() -> reader.read(sent.met()))
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static AuthenticReader reader(MessageKeys keys) {
        return new AuthenticReader(keys::find, false);
    }

    private static Sent signed(MessageKeys keys) {
        var message = new Message("alice", TYPE, ID, TIME, EVENT.getBytes(UTF_8));
        return Sent.of(keys.sign(Topic.COMMANDS, message));
    }

    private static MessageKeys keys(int number, @Nullable MessageKey other) {
        var secret = new byte[MessageKey.LENGTH_MIN];
        secret[0] = (byte) number;
        return new MessageKeys(new MessageKey(secret), other);
    }
}
