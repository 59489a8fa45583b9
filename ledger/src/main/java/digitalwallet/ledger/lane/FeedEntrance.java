package digitalwallet.ledger.lane;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.decide.UniqueReference;
import digitalwallet.ledger.posting.UnitPlan;
import java.util.List;
import java.util.Set;

/** Where a feed's units enter: always the same lane, so that nothing overtakes. */
final class FeedEntrance {

    private final Lane lane;
    private final Route route;
    private final Room room;
    private final Room.Load roomMax;
    private final Set<UniqueReference> unique;

    /**
     * An entrance to one lane.
     *
     * @param roomMax how much of the room queued commands may take; the rest is for callers who
     *     wait
     * @param unique what a user may be charged for once only
     */
    FeedEntrance(Lane lane, Room room, Room.Load roomMax, Set<UniqueReference> unique) {
        this.lane = lane;
        this.room = room;
        this.roomMax = roomMax;
        this.unique = unique;
        route = Route.fixed(lane);
    }

    /**
     * Takes room for a message with this load; one that is larger than all of the room for queued
     * commands goes alone.
     *
     * @return false when there is none now, or the lane does not serve
     */
    boolean takeRoom(Room.Load load) {
        return lane.state() == Lane.State.SERVING
                && room.take(load, roomMax.orMore(load)) == Room.Entry.TAKEN;
    }

    /** Lets in a unit that room has been taken for; an empty one needs none. */
    void enter(List<Command> commands, Partition partition, Partition.Message message) {
        var plan = UnitPlan.queued(commands, unique);
        var unit = new QueuedUnit(partition, message, plan.user(), room, Room.Load.of(plan));
        lane.enqueue(new Task(plan, route, unit));
    }
}
