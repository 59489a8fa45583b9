package digitalwallet.ledger.lane;

import digitalwallet.ledger.UnitOutcome;
import digitalwallet.ledger.posting.PostingResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the posting of a batch ended. */
sealed interface BatchEnd {

    /**
     * All tasks have been answered, except those that must wait for the lane's next batch.
     *
     * @param putOff the tasks that must wait, in order
     */
    record Done(List<Task> putOff) implements BatchEnd {}

    /**
     * The session can no longer be used.
     *
     * @param unanswered tasks that are certainly not in the books: to be run on another session, in
     *     this order
     * @param inDoubt tasks that may be in the books
     */
    record GaveUp(PostingResult.Lost lost, List<Task> unanswered, InDoubtTasks inDoubt)
            implements BatchEnd {}

    /**
     * Tasks whose COMMIT got no answer.
     *
     * @param batch null when there are none
     * @param outcomes what they are told if the batch landed
     */
    record InDoubtTasks(
            PostingResult.@Nullable InDoubtBatch batch,
            List<Task> tasks,
            List<UnitOutcome> outcomes) {

        /** No task is in doubt. */
        static final InDoubtTasks NONE = new InDoubtTasks(null, List.of(), List.of());

        /** Tells them, now that the batch is known to have landed. */
        void answer() {
            for (int i = 0; i < tasks.size(); i++) {
                tasks.get(i).receiver().settled(outcomes.get(i));
            }
        }
    }
}
