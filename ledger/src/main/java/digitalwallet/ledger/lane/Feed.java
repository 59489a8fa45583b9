package digitalwallet.ledger.lane;

import digitalwallet.ledger.Command;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a queue on its way into the books. Its messages are processed in order and
 * exactly once, because the queue position is committed together with the effects of the messages.
 *
 * <pre>
 *   Feed ──► FeedEntrance ──► Lane ──► Task ──► QueuedUnit ──► Partition
 * </pre>
 *
 * <p>A feed that breaks (its database went away, or somebody else processes the partition) does
 * nothing more: its owner opens another one at the position that the books say.
 */
public final class Feed implements AutoCloseable {

    private final FeedEntrance entrance;
    private final Partition partition;

    /**
     * A message that cannot be processed. It holds its partition's position until it is abandoned.
     *
     * @param detail a sentence for people who look at it later
     */
    public record Refusal(long offset, Reason reason, String detail) {

        /** Why; the words are a contract, dead letters carry them. */
        public enum Reason {
            /** Its transaction ids belong to other commands. */
            ID_TAKEN,
            /** Something that nobody foresaw: a row it needs is damaged, or it takes too long. */
            POSTING_FAILED;

            /** The word in a dead letter. */
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    Feed(FeedEntrance entrance, Partition partition) {
        this.entrance = entrance;
        this.partition = partition;
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
        var load = units.stream().map(Room.Load::of).reduce(Room.Load.NONE, Room.Load::plus);
        if (partition.isBroken() || !entrance.takeRoom(load)) {
            return false;
        }
        var message = partition.add(offset, Math.max(1, units.size()));
        if (units.isEmpty()) {
            entrance.enter(List.of(), partition, message);
        }
        units.forEach(unit -> entrance.enter(unit, partition, message));
        return true;
    }

    /**
     * A message that cannot be processed and that was not returned here before; null when there is
     * none. A feed that was opened after another had stalled returns none that failed before one is
     * posted: until then it is not known that the messages are to blame.
     */
    public @Nullable Refusal nextRefusal() {
        return partition.nextRefusal();
    }

    /** Goes on without a message that was refused, now that somebody else keeps it. */
    public void abandon(long offset) {
        var message = partition.find(offset);
        if (message != null) {
            entrance.enter(List.of(), partition, message);
        }
    }

    /** The offset up to which everything is processed and committed. */
    public long position() {
        return partition.position();
    }

    /** How many messages are not finished. */
    public int waiting() {
        return partition.waiting();
    }

    /**
     * Whether it broke because the messages of many users failed, one after the other: what all of
     * them need is damaged. They are still in the queue, and none of them was returned as refused
     * for sure.
     */
    public boolean isStalled() {
        return partition.isStalled();
    }

    /** Whether messages failed that are not returned as long as none is posted. */
    public boolean isHolding() {
        return partition.isHolding();
    }

    /** Whether it has posted anything, or was opened when that was known to work. */
    public boolean isProven() {
        return partition.isProven();
    }

    /** Whether it does nothing more. */
    public boolean isBroken() {
        return partition.isBroken();
    }

    /** Takes no more messages; only what the lane is working on now is finished. */
    @Override
    public void close() {
        partition.breakOff();
    }
}
