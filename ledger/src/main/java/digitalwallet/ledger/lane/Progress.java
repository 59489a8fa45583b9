package digitalwallet.ledger.lane;

import digitalwallet.ledger.UnitOutcome;
import digitalwallet.ledger.posting.QueueProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** How far a batch takes the queues it has messages of. */
final class Progress {

    private Progress() {}

    /**
     * What is committed together with these tasks: per partition one stretch, which ends before the
     * first message that is not finished.
     *
     * @param outcomes theirs, in the same order
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

    /** Somebody else processes a partition of these tasks: none of theirs goes on. */
    static void breakOff(List<Task> tasks) {
        for (var task : tasks) {
            if (task.receiver() instanceof QueuedUnit unit) {
                unit.partition().breakOff();
            }
        }
    }
}
