package digitalwallet.ledger.lane;

import digitalwallet.ledger.UnitOutcome;
import digitalwallet.ledger.posting.InDoubtBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks whose COMMIT got no answer.
 *
 * @param batch null when there are none
 * @param outcomes what they are told if the batch landed
 */
record InDoubtTasks(@Nullable InDoubtBatch batch, List<Task> tasks, List<UnitOutcome> outcomes) {

    /** No task is in doubt. */
    static final InDoubtTasks NONE = new InDoubtTasks(null, List.of(), List.of());
}
