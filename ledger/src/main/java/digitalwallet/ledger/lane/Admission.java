package digitalwallet.ledger.lane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a batch may go on as far as this instance can tell: nothing overtakes a task that
 * was put off, and what another lane here works on is handed to that lane.
 */
final class Admission {

    private final Lane lane;
    private final LockHolders holders;
    private final LaneMetrics metrics;
    private final boolean exclusive;
    private Set<Long> taken = new HashSet<>();

    /**
     * Admits tasks to one lane.
     *
     * @param exclusive false when the advisory locks are off: then nothing is held or handed over
     */
    Admission(Lane lane, LockHolders holders, LaneMetrics metrics, boolean exclusive) {
        this.lane = lane;
        this.holders = holders;
        this.metrics = metrics;
        this.exclusive = exclusive;
    }

    /**
     * Admits what may run now.
     *
     * @param waiting tasks put off earlier: nothing of theirs may be overtaken
     * @param putOff takes the tasks that must wait for the lane's next batch
     */
    List<Task> admit(List<Task> tasks, Collection<Task> waiting, Collection<Task> putOff) {
        var blocked = new HashSet<Long>();
        waiting.forEach(task -> task.plan().blockAll(blocked));
        var before = taken;
        taken = new HashSet<>();
        var admitted = new ArrayList<Task>(tasks.size());
        for (var task : tasks) {
            if (task.isAnswered()) {
                continue;
            }
            if (place(task, blocked, putOff)) {
                admitted.add(task);
            }
        }
        before.stream().filter(lock -> !taken.contains(lock)).forEach(this::free);
        return admitted;
    }

    /** Takes these tasks' accounts whoever works on them: they are going to wait for the locks. */
    void admitAll(List<Task> tasks) {
        free();
        for (var task : tasks) {
            for (long lock : task.plan().locks()) {
                holders.takeOver(lane, lock);
                taken.add(lock);
            }
        }
    }

    /** The lane no longer works on anything. */
    void free() {
        taken.forEach(this::free);
        taken = new HashSet<>();
    }

    private boolean place(Task task, Set<Long> blocked, Collection<Task> putOff) {
        var next = task.route().next(lane);
        if (next != lane) {
            task.plan().blockAll(blocked);
            next.enqueue(task);
            return false;
        }
        if (!exclusive) {
            return true;
        }
        var holder = obstacle(task);
        if (holder != null && !task.isGroup() && task.route().handOver(lane, holder)) {
            metrics.handedOver();
            task.plan().blockAll(blocked);
            holder.enqueue(task);
            return false;
        }
        if (holder != null || task.plan().isBlocked(blocked)) {
            task.plan().blockAll(blocked);
            putOff.add(task);
            return false;
        }
        return true;
    }

    private @Nullable Lane obstacle(Task task) {
        for (long lock : task.plan().locks()) {
            var holder = holders.take(lane, lock);
            if (holder != null) {
                return holder;
            }
            taken.add(lock);
        }
        return null;
    }

    private void free(Long lock) {
        holders.free(lane, lock);
    }
}
