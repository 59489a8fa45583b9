package digitalwallet.server.queue;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the fetched messages of all partitions take in memory until they are finished. They are kept
 * as they came, because each may have to become a dead letter, and what they ask for may be far
 * smaller: a message may be blanks, or headers. Written by the consumer's thread only.
 */
final class HeldBytes {

    // The record itself, and what each header takes besides its own bytes.
    private static final int RECORD_BYTES = 200;
    private static final int HEADER_BYTES = 100;

    private final long max;
    private final AtomicLong bytes = new AtomicLong();

    /** Nothing yet. Beyond {@code max} bytes only who holds nothing fetches any more. */
    HeldBytes(long max) {
        this.max = max;
    }

    /** About how much memory a message takes. */
    static long of(ConsumerRecord<byte[], byte[]> message) {
        long bytes = RECORD_BYTES;
        bytes += Math.max(0, message.serializedKeySize());
        bytes += Math.max(0, message.serializedValueSize());
        for (var header : message.headers()) {
            bytes += HEADER_BYTES + header.key().length();
            bytes += header.value() == null ? 0 : header.value().length;
        }
        return bytes;
    }

    void change(long by) {
        bytes.addAndGet(by);
    }

    boolean hasRoom() {
        return bytes.get() < max;
    }

    long bytes() {
        return bytes.get();
    }

    long max() {
        return max;
    }
}
