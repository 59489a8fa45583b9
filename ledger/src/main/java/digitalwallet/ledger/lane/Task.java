package digitalwallet.ledger.lane;

import digitalwallet.ledger.posting.UnitPlan;
import java.util.Set;

/** A unit of commands on its way through the lanes. */
final class Task {

    private static final int RUNS_MAX = 3;
    private static final int QUEUED_RUNS_MAX = 2;

    private final UnitPlan plan;
    private final Route route;
    private final Receiver receiver;
    private int deferrals;
    private int lostRuns;

    /**
     * A task.
     *
     * @param receiver is told how it ended
     */
    Task(UnitPlan plan, Route route, Receiver receiver) {
        this.plan = plan;
        this.route = route;
        this.receiver = receiver;
    }

    UnitPlan plan() {
        return plan;
    }

    /** The users whose commands these are: a user's commands are run in order. */
    Set<String> users() {
        return plan.users();
    }

    Route route() {
        return route;
    }

    Receiver receiver() {
        return receiver;
    }

    int commands() {
        return plan.unit().commands().size();
    }

    boolean isGroup() {
        return commands() > 1;
    }

    /** Whether it is still to be run; if not, this call has ended it. */
    boolean isWanted() {
        if (receiver.isWaiting()) {
            return true;
        }
        receiver.dropped();
        return false;
    }

    /** Counts one more deferral. */
    int deferred() {
        return ++deferrals;
    }

    /**
     * Counts one more run that a broken session ended; returns whether it may be run again. One
     * from a queue gives up before those that somebody waits for, so that they have a run without
     * it: it may be what breaks the sessions.
     */
    boolean mayRunAgain() {
        lostRuns++;
        return lostRuns < (receiver instanceof QueuedUnit ? QUEUED_RUNS_MAX : RUNS_MAX);
    }
}
