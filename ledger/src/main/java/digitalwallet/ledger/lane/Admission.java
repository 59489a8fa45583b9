package digitalwallet.ledger.lane;

import digitalwallet.ledger.posting.PostingResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which tasks of a batch may go on, as far as this instance can tell. No command overtakes
 * an earlier one of the same user that was put off. A task on an account that another lane of this
 * instance works on is handed to that lane.
 */
final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final int LOCKS_MIN = 10;
    private static final int BATCHES_UNTIL_GROWTH = 500;

    private final Lane lane;
    private final LockHolders holders;
    private final LaneMetrics metrics;
    private final boolean exclusive;
    private final int usualLocksMax;
    private int locksMax;
    private int batchesSinceShrinking;
    private Set<Long> before = Set.of();
    private Set<Long> taken = new HashSet<>();

    /**
     * Admits tasks to one lane.
     *
     * @param settings when their advisory locks are off, nothing is held or handed over
     */
    Admission(Lane lane, LockHolders holders, LaneMetrics metrics, EngineSettings settings) {
        this.lane = lane;
        this.holders = holders;
        this.metrics = metrics;
        exclusive = settings.guards().locks();
        usualLocksMax = settings.batchLocksMax();
        locksMax = usualLocksMax;
    }

    /** How many locks the next batch may take, about: its first task may take more. */
    int locksMax() {
        if (locksMax < usualLocksMax && ++batchesSinceShrinking > BATCHES_UNTIL_GROWTH) {
            batchesSinceShrinking = 0;
            locksMax = Math.min(usualLocksMax, 2 * locksMax);
            LOG.info("batches of at most {} locks are tried again", locksMax);
        }
        return locksMax;
    }

    /**
     * Halves the batches when the database had no room for the locks of one, until many have found
     * room again: whoever filled the lock table may be gone.
     *
     * @return whether they could be smaller
     */
    boolean shrink(PostingResult.Lost lost) {
        if (lost.reason() != PostingResult.Lost.Reason.NO_ROOM_FOR_LOCKS || locksMax <= LOCKS_MIN) {
            return false;
        }
        batchesSinceShrinking = 0;
        locksMax = Math.max(LOCKS_MIN, locksMax / 2);
        LOG.warn(
                "the database has no room for more locks: batches of at most {} for a while; raise"
                        + " max_locks_per_transaction",
                locksMax);
        return true;
    }

    /**
     * Admits what may run now.
     *
     * @param waiting tasks put off earlier: nothing of their users may overtake them
     * @param putOff takes the tasks that must wait for the lane's next batch
     */
    List<Task> admit(List<Task> tasks, Collection<Task> waiting, Collection<Task> putOff) {
        var waitingUsers = new HashSet<String>();
        waiting.forEach(task -> waitingUsers.addAll(task.users()));
        var admittedUsers = new HashSet<String>();
        before = taken;
        taken = new HashSet<>();
        var admitted = new ArrayList<Task>(tasks.size());
        for (var task : tasks) {
            if (!task.isWanted() || isPassedOn(task)) {
                continue;
            }
            boolean behind = !Collections.disjoint(waitingUsers, task.users());
            if (!behind && mayRun(task)) {
                admitted.add(task);
                admittedUsers.addAll(task.users());
            } else if (behind
                    || !Collections.disjoint(admittedUsers, task.users())
                    || !isHandedOver(task)) {
                waitingUsers.addAll(task.users());
                putOff.add(task);
            }
        }
        before.stream().filter(lock -> !taken.contains(lock)).forEach(this::free);
        before = Set.of();
        return admitted;
    }

    /**
     * Takes the accounts of all tasks that are still wanted, from any lane: they are going to wait
     * for the locks.
     */
    List<Task> admitAll(List<Task> tasks) {
        free();
        var wanted = tasks.stream().filter(Task::isWanted).toList();
        for (var task : wanted) {
            for (long lock : task.plan().locks()) {
                holders.takeOver(lane, lock);
                taken.add(lock);
            }
        }
        return wanted;
    }

    /** The lane no longer works on anything. */
    void free() {
        taken.forEach(this::free);
        taken = new HashSet<>();
    }

    /**
     * Passes the task to the lane that runs the user's commands, in order; false if it is this one.
     */
    private boolean isPassedOn(Task task) {
        var next = task.route().next(lane);
        if (next == lane) {
            return false;
        }
        next.enqueue(task);
        return true;
    }

    /** Takes the task's accounts, all or none of them. */
    private boolean mayRun(Task task) {
        if (!exclusive) {
            return true;
        }
        var added = new ArrayList<Long>(2);
        for (long lock : task.plan().locks()) {
            if (holders.take(lane, lock) != null) {
                added.forEach(this::giveBack);
                return false;
            }
            if (taken.add(lock)) {
                added.add(lock);
            }
        }
        return true;
    }

    /**
     * Hands a task to the lane that works on its account, unless this lane works on another one of
     * its accounts: over there it would only meet the same obstacle, and make that lane take the
     * account from this one.
     */
    private boolean isHandedOver(Task task) {
        Lane holder = null;
        for (Long lock : task.plan().locks()) {
            if (taken.contains(lock) || before.contains(lock)) {
                return false;
            }
            var other = holders.of(lock);
            holder = other == null ? holder : other;
        }
        if (holder == null
                || holder.state() != Lane.State.SERVING
                || task.isGroup()
                || !task.route().handOver(lane, holder)) {
            return false;
        }
        metrics.handedOver();
        holder.enqueue(task);
        return true;
    }

    private void giveBack(Long lock) {
        taken.remove(lock);
        if (!before.contains(lock)) {
            free(lock);
        }
    }

    private void free(Long lock) {
        holders.free(lane, lock);
    }
}
