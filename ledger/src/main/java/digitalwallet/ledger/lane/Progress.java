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
     * What is committed together with these tasks: per feed one stretch, which ends before the
     * first message that is not finished.
     *
     * @param outcomes theirs, in the same order
     */
    static List<QueueProgress> of(List<Task> tasks, List<UnitOutcome> outcomes) {
        var byFeed = new HashMap<Feed, List<Task>>();
        for (int i = 0; i < tasks.size(); i++) {
            var delivery = tasks.get(i).delivery();
            if (delivery != null && !(outcomes.get(i) instanceof UnitOutcome.IdTaken)) {
                byFeed.computeIfAbsent(delivery.feed(), _ -> new ArrayList<>()).add(tasks.get(i));
            }
        }
        var progress = new ArrayList<QueueProgress>(byFeed.size());
        byFeed.forEach(
                (feed, finishing) -> {
                    var stretch = feed.progress(finishing);
                    if (stretch != null) {
                        progress.add(stretch);
                    }
                });
        return progress;
    }

    /** Somebody else processes the partition of one of these tasks: none of their feeds goes on. */
    static void breakFeeds(List<Task> tasks) {
        for (var task : tasks) {
            var delivery = task.delivery();
            if (delivery != null) {
                delivery.feed().close();
            }
        }
    }
}
