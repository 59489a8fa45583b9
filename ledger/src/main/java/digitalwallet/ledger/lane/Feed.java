package digitalwallet.ledger.lane;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.posting.QueueProgress;
import digitalwallet.ledger.posting.UnitPlan;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a queue on its way into the books: what its messages say is done in order and
 * exactly once, because how far it is processed is committed together with what that did. All of it
 * goes through one lane, so that nothing overtakes.
 *
 * <p>A feed that breaks (its database went away, or somebody else processes the partition) does
 * nothing more: its owner opens another one at the position that the books say.
 */
public final class Feed implements AutoCloseable {

    private final PostingEngine engine;
    private final Lane lane;
    private final UUID topicId;
    private final int partition;
    private final Consumer<GroupOutcome> settled;
    private final ConcurrentLinkedQueue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    // What the lane and the owner share is guarded by this.
    private final Deque<Delivery> unfinished = new ArrayDeque<>();
    private long position;
    private volatile boolean broken;

    /**
     * A message that cannot be processed. It holds the partition's position until it is abandoned.
     *
     * @param reason {@code id_taken} or {@code posting_failed}
     */
    public record Refusal(long offset, String reason, String detail) {}

    Feed(
            PostingEngine engine,
            Lane lane,
            UUID topicId,
            int partition,
            long position,
            Consumer<GroupOutcome> settled) {
        this.engine = engine;
        this.lane = lane;
        this.topicId = topicId;
        this.partition = partition;
        this.position = position;
        this.settled = settled;
    }

    /**
     * Processes one message, if there is room for it.
     *
     * @param offset higher than that of any message before
     * @param units the commands it asks for, each list together or not at all; empty for a message
     *     that does nothing
     * @return false when there is no room now, the database is away or the feed is broken: nothing
     *     of it is done
     */
    public boolean offer(long offset, List<List<Command>> units) {
        int commands = units.stream().mapToInt(List::size).sum();
        if (broken || lane.state() != LaneState.SERVING || !engine.reserveForFeed(commands)) {
            return false;
        }
        var delivery = new Delivery(this, offset, Math.max(1, units.size()));
        synchronized (this) {
            unfinished.addLast(delivery);
        }
        if (units.isEmpty()) {
            enqueue(delivery, List.of());
        }
        units.forEach(unit -> enqueue(delivery, unit));
        return true;
    }

    /** A message that cannot be processed and that nobody has been told of yet; null when none. */
    public @Nullable Refusal nextRefusal() {
        return refusals.poll();
    }

    /** Goes on without a message that was refused, now that somebody else keeps it. */
    public void abandon(long offset) {
        synchronized (this) {
            unfinished.stream()
                    .filter(delivery -> delivery.offset() == offset)
                    .findFirst()
                    .ifPresent(delivery -> enqueue(delivery, List.of()));
        }
    }

    /** The offset up to which everything is processed and committed. */
    public synchronized long position() {
        return position;
    }

    /** How many messages are not finished. */
    public synchronized int waiting() {
        return unfinished.size();
    }

    /** Whether it does nothing more. */
    public boolean isBroken() {
        return broken;
    }

    /** Does nothing more but what the lane is at. */
    @Override
    public void close() {
        broken = true;
    }

    /** How far the partition is processed once these tasks are committed; null if no further. */
    synchronized @Nullable QueueProgress progress(Collection<Task> tasks) {
        var finishing = new HashMap<Delivery, Integer>();
        tasks.forEach(task -> finishing.merge(task.delivery(), 1, Integer::sum));
        long to = position;
        for (var delivery : unfinished) {
            if (delivery.unfinished() > finishing.getOrDefault(delivery, 0)) {
                break;
            }
            to = delivery.offset() + 1;
        }
        return to == position ? null : new QueueProgress(topicId, partition, position, to);
    }

    /** A task of this delivery is committed. */
    void finished(Delivery delivery, GroupOutcome outcome) {
        synchronized (this) {
            delivery.finishedOne();
            while (!unfinished.isEmpty() && unfinished.getFirst().unfinished() == 0) {
                position = unfinished.removeFirst().offset() + 1;
            }
        }
        settled.accept(outcome);
    }

    /** A task of this delivery fails for good, and only it. */
    void refused(Delivery delivery, String reason, String detail) {
        if (delivery.refuse()) {
            refusals.add(new Refusal(delivery.offset(), reason, detail));
        } else {
            enqueue(delivery, List.of());
        }
    }

    private void enqueue(Delivery delivery, List<Command> commands) {
        engine.enqueue(lane, UnitPlan.queued(commands), delivery);
    }
}
