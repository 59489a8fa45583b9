package digitalwallet.ledger.lane;

import digitalwallet.ledger.UnitOutcome;
import digitalwallet.ledger.posting.QueueProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** How far a batch takes the partitions that its messages come from. */
final class Progress {

    private Progress() {}

    /**
     * The queue positions that are committed together with these tasks: one per partition, before
     * the first message that is not finished.
     *
     * @param outcomes the tasks' outcomes, in the same order
     */
    static List<QueueProgress> of(List<Task> tasks, List<UnitOutcome> outcomes) {
        var byPartition = new HashMap<Partition, List<QueuedUnit>>();
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).receiver() instanceof QueuedUnit unit
                    && !(outcomes.get(i) instanceof UnitOutcome.IdTaken)) {
                byPartition.computeIfAbsent(unit.partition(), _ -> new ArrayList<>()).add(unit);
            }
        }
        var progress = new ArrayList<QueueProgress>(byPartition.size());
        byPartition.forEach(
                (partition, finishing) -> {
                    var stretch = partition.progress(finishing);
                    if (stretch != null) {
                        progress.add(stretch);
                    }
                });
        return progress;
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
