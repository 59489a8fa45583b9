package digitalwallet.kafka;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** How much a consumer takes at once, unpacked: what the bounds of a fetch do not say. */
public final class PolledBytes {

    private final DistributionSummary bytes;

    /** Nothing yet. */
    public PolledBytes(MeterRegistry registry) {
        bytes =
                DistributionSummary.builder("kafka_polled_bytes")
                        .description("Bytes of the messages that came at once, unpacked")
                        .register(registry);
    }

    /** What came; nothing, most of the time. */
    public void count(ConsumerRecords<?, ?> records) {
        if (records.isEmpty()) {
            return;
        }
        double sum = 0;
        for (ConsumerRecord<?, ?> each : records) {
            sum += Math.max(0, each.serializedKeySize()) + Math.max(0, each.serializedValueSize());
        }
        bytes.record(sum);
    }
}
