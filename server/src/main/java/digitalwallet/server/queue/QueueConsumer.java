package digitalwallet.server.queue;

import digitalwallet.ledger.database.ReadFailedException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes the partitions that the group assigns to this instance. The broker's offsets are not
 * used: every partition goes on where the books say, and none is ever reset.
 */
final class QueueConsumer implements Runnable, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);
    private static final Duration BUSY = Duration.ofMillis(2);
    private static final Duration IDLE = Duration.ofMillis(50);
    private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long REOPEN_NANOS = Duration.ofMillis(500).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final Intakes intakes;
    private final BooleanSupplier mayConsume;
    private final QueueMetrics metrics;
    private final Setbacks setbacks;
    private final Map<TopicPartition, Intake> open = new HashMap<>();
    private final Map<TopicPartition, Long> openAgainAt = new HashMap<>();
    private long lookedAt = System.nanoTime();
    private String complaint = "";
    private volatile boolean stopping;

    QueueConsumer(
            Consumer<byte[], byte[]> consumer,
            List<String> topics,
            Intakes intakes,
            BooleanSupplier mayConsume,
            QueueMetrics metrics) {
        this.consumer = consumer;
        this.mayConsume = mayConsume;
        this.topics = topics;
        this.intakes = intakes;
        this.metrics = metrics;
        setbacks = new Setbacks(metrics);
    }

    /** Ends the thread soon. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    @Override
    public void run() {
        consumer.subscribe(topics, this);
        try {
            while (!stopping) {
                try {
                    round();
                    complaint = "";
                } catch (WakeupException _) {
                    LOG.debug("woken up to stop");
                } catch (InvalidOffsetException e) {
                    LOG.warn("positions are not in the topic: {}", e.getMessage());
                    openAgain(e.partitions());
                } catch (KafkaException | ReadFailedException | QueueUnavailableException e) {
                    complain(e);
                    pause();
                } catch (RuntimeException e) {
                    // If this thread ended, its partitions would stand still for ever.
                    LOG.error("the queue's consumer failed and goes on", e);
                    openAgain(List.copyOf(open.keySet()));
                    pause();
                }
            }
        } finally {
            open.values().forEach(Intake::close);
            consumer.close();
        }
    }

    /** Logs a complaint only once, even if its cause lasts. */
    private void complain(RuntimeException e) {
        if (!e.toString().equals(complaint)) {
            complaint = e.toString();
            LOG.warn("the queue cannot be consumed now: {}", complaint);
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        for (var partition : assigned) {
            // Without a position the consumer would ask for a committed one, and there is none.
            consumer.seek(partition, 0);
            consumer.pause(List.of(partition));
            openAgainAt.put(partition, System.nanoTime());
        }
        LOG.info("assigned {}", assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        revoked.forEach(this::forget);
        revoked.forEach(setbacks::forget);
    }

    private void round() {
        var fetched = consumer.poll(open.values().stream().allMatch(Intake::isIdle) ? IDLE : BUSY);
        metrics.polled(fetched);
        for (var partition : fetched.partitions()) {
            var intake = open.get(partition);
            if (intake != null) {
                intake.add(fetched.records(partition));
            }
        }
        openDue();
        noticeNewTopics();
        for (var intake : List.copyOf(open.values())) {
            var _ = intake.work();
            if (intake.isBroken()) {
                LOG.info("{} is opened again", intake.partition());
                metrics.reopened();
                openAgain(intake.partition(), setbacks.pauseNanos(intake));
            } else {
                setbacks.look(intake);
            }
        }
        feed();
        metrics.update(open.values());
    }

    /** Fetches only for partitions that have given all their messages to the engine. */
    private void feed() {
        var hungry = new HashSet<TopicPartition>();
        var full = new HashSet<TopicPartition>();
        open.forEach((partition, intake) -> (intake.isHungry() ? hungry : full).add(partition));
        var paused = consumer.paused();
        hungry.retainAll(paused);
        full.removeAll(paused);
        consumer.resume(hungry);
        consumer.pause(full);
    }

    private void openDue() {
        if (!mayConsume.getAsBoolean()) {
            return;
        }
        for (var due : List.copyOf(openAgainAt.entrySet())) {
            if (System.nanoTime() - due.getValue() >= 0) {
                // If this throws, it is tried again later.
                openAgainAt.put(due.getKey(), System.nanoTime() + REOPEN_NANOS);
                var intake = intakes.open(due.getKey(), consumer, setbacks.isStalled(due.getKey()));
                if (intake != null) {
                    open.put(due.getKey(), intake);
                    openAgainAt.remove(due.getKey());
                }
            }
        }
    }

    /** A topic that is made again has another id, and its offsets mean other messages. */
    private void noticeNewTopics() {
        if (System.nanoTime() - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = System.nanoTime();
        var stale =
                open.values().stream()
                        .filter(intake -> !intakes.isCurrent(intake))
                        .map(Intake::partition)
                        .toList();
        openAgain(stale);
    }

    private void openAgain(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> openAgain(partition, REOPEN_NANOS));
    }

    private void openAgain(TopicPartition partition, long pauseNanos) {
        forget(partition);
        consumer.pause(List.of(partition));
        openAgainAt.put(partition, System.nanoTime() + pauseNanos);
    }

    private void forget(TopicPartition partition) {
        openAgainAt.remove(partition);
        var intake = open.remove(partition);
        if (intake != null) {
            intake.close();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(IDLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
