package digitalwallet.ledger.lane;

import digitalwallet.ledger.UnitOutcome;
import digitalwallet.ledger.database.QueueProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** How far a batch takes the partitions that its messages come from. */
final class Progress {

    private Progress() {}

    /**
     * The queue positions that are committed together with these tasks: one per partition, before
     * the first message that is not finished. Empty when one of the partitions has not been looked
     * at for so long that somebody else may have processed it since without leaving a trace.
     *
     * @param outcomes the tasks' outcomes, in the same order
     * @param now what they are dated
     */
    static Optional<List<QueueProgress>> of(
            List<Task> tasks, List<UnitOutcome> outcomes, Instant now) {
        var byPartition = new HashMap<Partition, List<QueuedUnit>>();
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).receiver() instanceof QueuedUnit unit
                    && !(outcomes.get(i) instanceof UnitOutcome.IdTaken)) {
                byPartition.computeIfAbsent(unit.partition(), _ -> new ArrayList<>()).add(unit);
            }
        }
        var progress = new ArrayList<QueueProgress>(byPartition.size());
        for (var each : byPartition.entrySet()) {
            var partition = each.getKey();
            var stretch = partition.progress(each.getValue(), now);
            if (stretch != null) {
                progress.add(stretch);
                if (!partition.isKnown(now)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(progress);
    }

    /** Breaks off all partitions of these tasks, because somebody else processes one of them. */
    static void breakOff(List<Task> tasks) {
        for (var task : tasks) {
            if (task.receiver() instanceof QueuedUnit unit) {
                unit.partition().breakOff();
            }
        }
    }
}
