package digitalwallet.kafka.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Signs a record that is no message of its own but tells of one: topic, record key, value and all
 * headers in their order. The signature stands in a header of its own, so the record may hold the
 * signature of the message that it tells of.
 */
public final class RecordSeal {

    private static final String SCHEME = "wallet-record-v1";

    private final MessageKeys keys;
    private final String header;

    /** What a record's seal says about it. */
    public enum Verdict {
        /** A holder of the key wrote it as it is. */
        AUTHENTIC,
        /** It has no seal. */
        UNSIGNED,
        /** It has a seal that is none by a known key over this record. */
        FORGED
    }

    /**
     * Seals of one kind of record.
     *
     * @param header where the seal stands
     */
    public RecordSeal(MessageKeys keys, String header) {
        this.keys = keys;
        this.header = header;
    }

    /** Adds the seal; nothing of the record may change afterwards. */
    public void seal(ProducerRecord<byte[], byte[]> record) {
        var key = keys.signing();
        var parts = parts(record.topic(), record.key(), record.value(), record.headers());
        var signature = new Signature(key.id(), key.code(SCHEME, parts));
        record.headers().add(header, signature.toBytes());
    }

    /** Whether a holder of the key wrote this. */
    public Verdict check(ConsumerRecord<byte[], byte[]> record) {
        var seals = new ArrayList<Header>();
        record.headers().headers(header).forEach(seals::add);
        if (seals.isEmpty()) {
            return Verdict.UNSIGNED;
        }
        var value = seals.getFirst().value();
        if (seals.size() > 1 || value == null) {
            return Verdict.FORGED;
        }
        var parts = parts(record.topic(), record.key(), record.value(), record.headers());
        return Signature.read(value).filter(seal -> isOver(seal, parts)).isPresent()
                ? Verdict.AUTHENTIC
                : Verdict.FORGED;
    }

    private boolean isOver(Signature seal, List<byte @Nullable []> parts) {
        return keys.find(seal.keyId())
                .filter(key -> MessageDigest.isEqual(key.code(SCHEME, parts), seal.code()))
                .isPresent();
    }

    private List<byte @Nullable []> parts(
            String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        var parts = new ArrayList<byte @Nullable []>();
        parts.add(topic.getBytes(UTF_8));
        parts.add(key);
        parts.add(value);
        for (var each : headers) {
            if (!each.key().equals(header)) {
                parts.add(each.key().getBytes(UTF_8));
                parts.add(each.value());
            }
        }
        return parts;
    }
}
