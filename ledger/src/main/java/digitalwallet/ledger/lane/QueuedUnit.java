package digitalwallet.ledger.lane;

import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.UnitOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A unit of a queued message: tells its partition how the unit ended. */
final class QueuedUnit implements Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(QueuedUnit.class);

    private final Partition partition;
    private final Partition.Message message;
    private final Room room;
    private final String user;
    private final Room.Load load;
    private boolean told;

    /**
     * A unit on its way.
     *
     * @param user whose commands these are
     * @param room where the unit has taken room for this load, which is freed when it ends
     */
    QueuedUnit(
            Partition partition,
            Partition.Message message,
            String user,
            Room room,
            Room.Load load) {
        this.partition = partition;
        this.message = message;
        this.user = user;
        this.room = room;
        this.load = load;
    }

    Partition partition() {
        return partition;
    }

    Partition.Message message() {
        return message;
    }

    @Override
    public boolean isWaiting() {
        return !told && !partition.isBroken();
    }

    /** It is committed, unless its transaction ids turned out to be another's. */
    @Override
    public void settled(UnitOutcome outcome) {
        if (!ends()) {
            return;
        }
        switch (outcome) {
            case GroupOutcome group -> partition.finished(message, group);
            case UnitOutcome.IdTaken _ ->
                    partition.refused(
                            message,
                            new Feed.Refusal(
                                    message.offset(),
                                    Feed.Refusal.Reason.ID_TAKEN,
                                    "the transaction id belongs to another command"));
        }
    }

    @Override
    public void failed(RuntimeException fault) {
        if (!ends()) {
            return;
        }
        if (!Receiver.isToBlame(fault)) {
            partition.breakOff();
            return;
        }
        // It is logged here, because nobody waits for it who would log it.
        LOG.error("offset {} of {} cannot be posted", message.offset(), partition, fault);
        partition.failed(
                message,
                user,
                new Feed.Refusal(
                        message.offset(),
                        Feed.Refusal.Reason.POSTING_FAILED,
                        String.valueOf(fault.getMessage())));
    }

    @Override
    public void dropped() {
        ends();
    }

    /** Returns true the first time that the unit is told how it ended. */
    private boolean ends() {
        boolean first = !told;
        told = true;
        if (first) {
            room.free(load);
        }
        return first;
    }
}
