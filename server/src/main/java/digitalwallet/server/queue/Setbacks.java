package digitalwallet.server.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions that were opened again, and have not got on since. Each time the next try waits
 * longer; one that stands still for long, or whose messages all fail, is an alarm.
 */
final class Setbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();
    private static final int DOUBLINGS_MAX = 6;
    private static final int ALARM_AFTER = 4;

    private final QueueMetrics metrics;
    private final Map<TopicPartition, Setback> setbacks = new HashMap<>();

    /**
     * Where a partition stands.
     *
     * @param count how often it was opened again there
     * @param stalled whether its messages failed, so that none is to blame until one is posted
     */
    private record Setback(long position, int count, boolean stalled) {

        boolean isAlarm() {
            return stalled || count >= ALARM_AFTER;
        }
    }

    Setbacks(QueueMetrics metrics) {
        this.metrics = metrics;
    }

    /** A partition broke; returns after how many nanoseconds it is to be opened again. */
    long pauseNanos(Intake intake) {
        var partition = intake.partition();
        long position = intake.position();
        var known = setbacks.get(partition);
        var before =
                known == null || known.position != position
                        ? new Setback(position, 0, false)
                        : known;
        boolean stalled = intake.isStalled() || before.stalled;
        var setback = new Setback(position, before.count + 1, stalled);
        setbacks.put(partition, setback);
        if (setback.isAlarm() && !before.isAlarm()) {
            metrics.stalled(partition, true);
            LOG.error(
                    "{} STANDS STILL at offset {}: {}. Its messages wait in Kafka, and it is tried"
                            + " again until it goes on; see docs/operations/kafka.md",
                    partition,
                    position,
                    stalled
                            ? "the messages of many users cannot be posted, one after the other"
                            : "it was opened again and again in vain");
        }
        return PAUSE_NANOS << Math.min(before.count, DOUBLINGS_MAX);
    }

    /** Whether its messages failed when it was open last. */
    boolean isStalled(TopicPartition partition) {
        var setback = setbacks.get(partition);
        return setback != null && setback.stalled;
    }

    /** Looks whether a partition that is open has got on. */
    void look(Intake intake) {
        var setback = setbacks.get(intake.partition());
        if (setback != null && intake.position() > setback.position && intake.isProven()) {
            LOG.info("{} goes on", intake.partition());
            forget(intake.partition());
        }
    }

    /** Another instance has it now. */
    void forget(TopicPartition partition) {
        if (setbacks.remove(partition) != null) {
            metrics.stalled(partition, false);
        }
    }
}
