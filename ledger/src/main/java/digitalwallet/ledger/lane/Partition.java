package digitalwallet.ledger.lane;

import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.database.QueuePosition;
import digitalwallet.ledger.database.QueueProgress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.UUID;
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
    // The deques, the messages, the faults and the position are guarded by this object.
    private final Deque<Feed.Refusal> refusals = new ArrayDeque<>();
    private final Deque<Message> unfinished = new ArrayDeque<>();
    private final Faults faults;
    private long position;
    // When the position was known to be the newest, and the date of the batch that takes it
    // further.
    private Instant known;
    private Instant dated;
    private volatile boolean stalled;
    private volatile boolean broken;

    /** A message that is not finished. */
    static final class Message {

        private final long offset;
        // How many units must end before it does; once it is reported, only the one that abandons
        // it.
        private int left;
        private Feed.@Nullable Refusal refusal;
        private boolean reported;

        private Message(long offset, int units) {
            this.offset = offset;
            left = units;
        }

        long offset() {
            return offset;
        }
    }

    Partition(
            UUID topicId,
            int number,
            QueuePosition position,
            Faults faults,
            Consumer<GroupOutcome> settled) {
        this.topicId = topicId;
        this.number = number;
        this.position = position.offset();
        known = position.asOf();
        dated = known;
        this.faults = faults;
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

    /** The next message that is to blame for not being processed; null when there is none. */
    synchronized Feed.@Nullable Refusal nextRefusal() {
        return stalled || isHolding() ? null : refusals.poll();
    }

    /** Whether a message failed that is not to blame as far as is known. */
    synchronized boolean isHolding() {
        var first = refusals.peek();
        return first != null
                && first.reason() == Feed.Refusal.Reason.POSTING_FAILED
                && !faults.isProven();
    }

    /** Whether messages are posted, as far as is known. */
    synchronized boolean isProven() {
        return faults.isProven();
    }

    /** Whether it was broken off because the messages of too many users failed. */
    boolean isStalled() {
        return stalled;
    }

    /** The offset up to which everything is processed and committed. */
    synchronized long position() {
        return position;
    }

    /** How many messages are not finished. */
    synchronized int waiting() {
        return unfinished.size();
    }

    int number() {
        return number;
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
     *
     * @param date of the batch that they are in
     */
    synchronized @Nullable QueueProgress progress(Collection<QueuedUnit> units, Instant date) {
        dated = date;
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

    /** Whether the position was known to be the newest not long before this time. */
    synchronized boolean isKnown(Instant now) {
        return !now.isAfter(known.plus(QueuePosition.KNOWN_MAX));
    }

    /** A unit of this message is committed. */
    void finished(Message message, GroupOutcome outcome) {
        synchronized (this) {
            if (isPosting(outcome)) {
                faults.posted();
            }
            end(message);
            while (!unfinished.isEmpty() && unfinished.getFirst().left == 0) {
                position = unfinished.removeFirst().offset + 1;
                known = dated;
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
    synchronized void refused(Message message, Feed.Refusal refusal) {
        if (message.reported) {
            // Not even a unit that does nothing can be committed, so the owner of the feed begins
            // anew.
            breakOff();
        } else {
            if (message.refusal == null) {
                message.refusal = refusal;
            }
            end(message);
        }
    }

    /**
     * One unit of this message fails for a reason that nobody foresaw. If the messages of many
     * users do, the partition is broken off.
     *
     * @param user whose commands they are
     */
    synchronized void failed(Message message, String user, Feed.Refusal refusal) {
        boolean isFirst = message.refusal == null;
        if (isFirst && faults.failed(user)) {
            stalled = true;
            breakOff();
        }
        refused(message, refusal);
    }

    /** Whether it shows that commands can be posted, or rejected, by writing. */
    private static boolean isPosting(GroupOutcome outcome) {
        return switch (outcome) {
            case GroupOutcome.Posted(var outcomes) ->
                    outcomes.stream().anyMatch(each -> !each.replayed());
            case GroupOutcome.Failed(_, var because) -> !because.replayed();
        };
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
