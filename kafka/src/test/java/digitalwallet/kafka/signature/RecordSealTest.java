package digitalwallet.kafka.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.kafka.signature.RecordSeal.Verdict;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordSealTest {

    private static final String SEAL = "x-seal";
    private static final MessageKey OLD = new MessageKey(new byte[32]);
    // Not only longer: HMAC fills a short key with zeros.
    private static final MessageKey NEW =
            new MessageKey("another key of 32 bytes, or more".getBytes(UTF_8));
    private static final MessageKeys KEYS = new MessageKeys(OLD, null);

    @Test
    void what_was_sealed_is_authentic_also_while_the_key_is_replaced() {
        var sealed = sealed();
        assertThat(check(KEYS, sealed)).isEqualTo(Verdict.AUTHENTIC);
        assertThat(check(new MessageKeys(NEW, OLD), sealed)).isEqualTo(Verdict.AUTHENTIC);
        assertThat(check(new MessageKeys(NEW, null), sealed)).isEqualTo(Verdict.FORGED);
    }

    @Test
    void what_has_no_seal_is_unsigned() {
        var unsigned = with(sealed(), all -> all.remove(SEAL));
        assertThat(check(KEYS, unsigned)).isEqualTo(Verdict.UNSIGNED);
    }

    @ParameterizedTest
    @MethodSource("altered")
    void whatever_is_altered_it_is_forged(ProducerRecord<byte[], byte[]> altered) {
        assertThat(check(KEYS, altered)).isEqualTo(Verdict.FORGED);
    }

    static Stream<ProducerRecord<byte[], byte[]>> altered() {
        var sent = sealed();
        var headers = sent.headers();
        var seal = headers.lastHeader(SEAL).value();
        return Stream.of(
                record("other", sent.key(), sent.value(), headers),
                record("letters", null, sent.value(), headers),
                record("letters", sent.value(), sent.key(), headers),
                record("letters", sent.key(), null, headers),
                record("letters", sent.key(), "valuf".getBytes(UTF_8), headers),
                with(sent, all -> all.add("more", null)),
                with(sent, all -> all.remove("none")),
                with(sent, all -> all.remove("none").add("none", new byte[0])),
                with(sent, all -> all.remove("a").add("a", "1".getBytes(UTF_8))),
                with(sent, all -> all.add(SEAL, seal)),
                with(sent, all -> all.remove(SEAL).add(SEAL, null)),
                with(sent, all -> all.remove(SEAL).add(SEAL, new byte[63])));
    }

    @Test
    void a_seal_of_one_kind_is_none_of_another() {
        var keys = new MessageKeys(NEW, OLD);
        var part = "part".getBytes(UTF_8);
        var seal = KEYS.seal("one", part);
        assertThat(keys.isSealed(seal, "one", part)).isTrue();
        assertThat(keys.isSealed(seal, "two", part)).isFalse();
        assertThat(keys.isSealed(seal, "one", part, new byte[0])).isFalse();
        assertThat(keys.isSealed(new byte[0], "one", part)).isFalse();
        assertThat(new MessageKeys(NEW, null).isSealed(seal, "one", part)).isFalse();
    }

    private static ProducerRecord<byte[], byte[]> sealed() {
        var record = record("letters", "key".getBytes(UTF_8), "value".getBytes(UTF_8), null);
        record.headers().add("a", "1".getBytes(UTF_8)).add("none", null).add("b", new byte[] {2});
        new RecordSeal(KEYS, SEAL).seal(record);
        return record;
    }

    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> sent, UnaryOperator<Headers> change) {
        var headers = change.apply(new RecordHeaders(sent.headers()));
        return record(sent.topic(), sent.key(), sent.value(), headers);
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic,
            byte @Nullable [] key,
            byte @Nullable [] value,
            @Nullable Iterable<Header> headers) {
        return new ProducerRecord<>(topic, null, key, value, headers);
    }

    private static Verdict check(MessageKeys keys, ProducerRecord<byte[], byte[]> sent) {
        var record =
                new ConsumerRecord<byte[], byte[]>(
                        sent.topic(),
                        0,
                        7L,
                        ConsumerRecord.NO_TIMESTAMP,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        sent.key(),
                        sent.value(),
                        sent.headers(),
                        Optional.empty());
        return new RecordSeal(keys, SEAL).check(record);
    }
}
