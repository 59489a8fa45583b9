package digitalwallet.ledger.lane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a lane's batch could not run because somebody else works on an account of it: put off to the
 * next batch, or insisting. Nothing of a user overtakes what they sent before.
 */
final class Deferrals {

    private static final int DEFERRALS_MAX = 3;

    private final LaneMetrics metrics;
    private List<Task> putOff = new ArrayList<>();
    private List<Task> insisting = new ArrayList<>();

    Deferrals(LaneMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * To the next batch; a group at once, and others after a while, insist instead, unless they are
     * behind something of their users.
     */
    void add(Task task) {
        metrics.deferred();
        int deferrals = task.deferred();
        if ((deferrals >= DEFERRALS_MAX || task.isGroup()) && isFirst(task)) {
            insisting.add(task);
        } else {
            putOff.add(task);
        }
    }

    boolean isAnyInsisting() {
        return !insisting.isEmpty();
    }

    /** All of them: first what insists. */
    List<Task> all() {
        var all = new ArrayList<>(insisting);
        all.addAll(putOff);
        return all;
    }

    List<Task> takeInsisting() {
        var taken = insisting;
        insisting = new ArrayList<>();
        return taken;
    }

    List<Task> takePutOff() {
        var taken = putOff;
        putOff = new ArrayList<>();
        return taken;
    }

    private boolean isFirst(Task task) {
        return putOff.stream().allMatch(other -> Collections.disjoint(other.users(), task.users()));
    }
}
