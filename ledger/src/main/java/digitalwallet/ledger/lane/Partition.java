package digitalwallet.ledger.lane;

import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.posting.QueueProgress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a partition of a queue is processed, and its messages that are under way. Its feed's
 * owner and the lane share it.
 */
final class Partition {

    private static final Logger LOG = LoggerFactory.getLogger(Partition.class);

    private final UUID topicId;
    private final int number;
    private final Consumer<GroupOutcome> settled;
    private final ConcurrentLinkedQueue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    // The deque, the messages in it and the position are guarded by this object.
    private final Deque<Message> unfinished = new ArrayDeque<>();
    private long position;
    private volatile boolean broken;

    /** A message that is not finished. */
    static final class Message {

        private final long offset;
        // How many units must end before it does; once it is reported, only the one that abandons
        // it.
        private int left;
        private @Nullable Refusal refusal;
        private boolean reported;

        private Message(long offset, int units) {
            this.offset = offset;
            left = units;
        }

        long offset() {
            return offset;
        }
    }

    Partition(UUID topicId, int number, long position, Consumer<GroupOutcome> settled) {
        this.topicId = topicId;
        this.number = number;
        this.position = position;
        this.settled = settled;
    }

    /**
     * Takes in the next message.
     *
     * @param units how many of its units must end before it does
     */
    synchronized Message add(long offset, int units) {
        var message = new Message(offset, units);
        unfinished.addLast(message);
        return message;
    }

    /** The message at this offset, or null when it is finished. */
    synchronized @Nullable Message find(long offset) {
        return unfinished.stream()
                .filter(message -> message.offset == offset)
                .findFirst()
                .orElse(null);
    }

    /** The next message that cannot be processed; null when there is none. */
    @Nullable Refusal nextRefusal() {
        return refusals.poll();
    }

    /** The offset up to which everything is processed and committed. */
    synchronized long position() {
        return position;
    }

    /** How many messages are not finished. */
    synchronized int waiting() {
        return unfinished.size();
    }

    boolean isBroken() {
        return broken;
    }

    /** Breaks the partition off: none of its tasks is run any more. */
    void breakOff() {
        broken = true;
    }

    /**
     * How far the partition is processed once these units are committed; null if no further than
     * now.
     */
    synchronized @Nullable QueueProgress progress(Collection<QueuedUnit> units) {
        var finishing = new HashMap<Message, Integer>();
        units.forEach(unit -> finishing.merge(unit.message(), 1, Integer::sum));
        long to = position;
        for (var message : unfinished) {
            boolean holds = message.refusal != null && !message.reported;
            if (holds || message.left > finishing.getOrDefault(message, 0)) {
                break;
            }
            to = message.offset + 1;
        }
        return to == position ? null : new QueueProgress(topicId, number, position, to);
    }

    /** A unit of this message is committed. */
    void finished(Message message, GroupOutcome outcome) {
        synchronized (this) {
            end(message);
            while (!unfinished.isEmpty() && unfinished.getFirst().left == 0) {
                position = unfinished.removeFirst().offset + 1;
            }
        }
        try {
            settled.accept(outcome);
        } catch (RuntimeException e) {
            LOG.error("the owner of {} could not be told an outcome", this, e);
        }
    }

    /**
     * One unit of this message, and only this one, fails for good. The message is reported once all
     * its units have ended, and holds the position until it is abandoned.
     */
    synchronized void refused(Message message, String reason, String detail) {
        if (message.reported) {
            // Not even a unit that does nothing can be committed, so the owner of the feed begins
            // anew.
            breakOff();
        } else {
            if (message.refusal == null) {
                message.refusal = new Refusal(message.offset, reason, detail);
            }
            end(message);
        }
    }

    private void end(Message message) {
        message.left--;
        var refusal = message.refusal;
        if (message.left == 0 && refusal != null && !message.reported) {
            message.left = 1;
            message.reported = true;
            refusals.add(refusal);
        }
    }

    @Override
    public String toString() {
        return "partition " + number + " of topic " + topicId;
    }
}
