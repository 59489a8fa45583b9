package digitalwallet.server.queue;

import digitalwallet.kafka.PolledBytes;
import digitalwallet.ledger.GroupOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** The metrics of the queue. */
final class QueueMetrics {

    private final MeterRegistry registry;
    private final AtomicInteger partitions = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Set<TopicPartition> lost = ConcurrentHashMap.newKeySet();
    private final Set<TopicPartition> stalled = ConcurrentHashMap.newKeySet();
    private final Counter reopened;
    private final PolledBytes polled;
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();

    QueueMetrics(MeterRegistry registry) {
        this.registry = registry;
        polled = new PolledBytes(registry);
        Gauge.builder("wallet_queue_partitions", partitions, AtomicInteger::get)
                .description("Partitions that this instance consumes")
                .register(registry);
        Gauge.builder("wallet_queue_unfinished", unfinished, AtomicInteger::get)
                .description("Fetched messages that are not in the books yet")
                .register(registry);
        Gauge.builder("wallet_queue_lost_partitions", lost, Set::size)
                .description("Partitions that stand still because messages of theirs are lost")
                .register(registry);
        Gauge.builder("wallet_queue_stalled_partitions", stalled, Set::size)
                .description("Partitions that stand still because nothing in them can be posted")
                .register(registry);
        reopened =
                Counter.builder("wallet_queue_reopened")
                        .description("Partitions opened again after a fault or another consumer")
                        .register(registry);
    }

    /** What is counted from now on. */
    void held(HeldBytes held) {
        Gauge.builder("wallet_queue_held_bytes", held, HeldBytes::bytes)
                .description("Memory of fetched messages that are not in the books yet, about")
                .register(registry);
        Gauge.builder("wallet_queue_held_bytes_max", held, HeldBytes::max)
                .description("From where on no more is fetched")
                .register(registry);
    }

    /** What became of a unit; called by lanes. */
    void settled(GroupOutcome group) {
        switch (group) {
            case GroupOutcome.Posted(var outcomes) ->
                    outcomes.forEach(outcome -> count(outcome.code()));
            case GroupOutcome.Failed(_, var because) -> count(because.code());
        }
    }

    /** What came at once. */
    void polled(ConsumerRecords<?, ?> records) {
        polled.count(records);
    }

    void reopened() {
        reopened.increment();
    }

    void lost(TopicPartition partition, boolean is) {
        if (is) {
            lost.add(partition);
        } else {
            lost.remove(partition);
        }
    }

    /** Whether some of the queue stands still because messages are lost. */
    boolean hasLost() {
        return !lost.isEmpty();
    }

    void stalled(TopicPartition partition, boolean is) {
        if (is) {
            stalled.add(partition);
        } else {
            stalled.remove(partition);
        }
    }

    void update(Collection<Intake> open) {
        partitions.set(open.size());
        unfinished.set(open.stream().mapToInt(Intake::unfinished).sum());
    }

    private void count(String outcome) {
        outcomes.computeIfAbsent(
                        outcome, word -> registry.counter("wallet_queue_commands", "outcome", word))
                .increment();
    }
}
