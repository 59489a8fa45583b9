package digitalwallet.server.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What the wallet says of a dead letter, in headers that only it may write. */
final class LetterHeaders {

    /** Begins the names of all of them. */
    static final String PREFIX = "dead-";

    static final String REASON = "dead-reason";
    static final String DETAIL = "dead-detail";
    static final String TOPIC = "dead-topic";
    static final String PARTITION = "dead-partition";
    static final String OFFSET = "dead-offset";
    static final String TIME = "dead-time";

    /** The message's own time in milliseconds: the time of its ids is measured against it. */
    static final String SENT = "dead-sent";

    /** How long the value was of which the letter holds the beginning only. */
    static final String BYTES = "dead-bytes";

    static final String SHA256 = "dead-sha256";

    /** In a mark: the number of the letter that was retried. */
    static final String RETRIED = "dead-retried";

    /** In a mark: the seal of the letter that was retried; a topic made anew has other letters. */
    static final String LETTER = "dead-letter";

    /** The seal over all of it. */
    static final String SEAL = "dead-signature";

    private LetterHeaders() {}

    /** The header's text; empty when there is none. */
    static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    static boolean has(ConsumerRecord<byte[], byte[]> record, String name) {
        return record.headers().lastHeader(name) != null;
    }

    static void add(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }
}
