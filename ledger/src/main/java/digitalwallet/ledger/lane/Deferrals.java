package digitalwallet.ledger.lane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Tasks that a lane's batch could not run, because somebody else works on one of their accounts.
 * They are put off to the next batch, or they insist. No task overtakes an earlier one of the same
 * user.
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
     * Puts a task off to the next batch. A group insists instead at once, and any other task after
     * a while, unless it is behind another task of its users.
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

    /** All of them; those that insist come first. */
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
