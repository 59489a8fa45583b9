package digitalwallet.ledger.posting;

import java.sql.SQLException;

/** What became of the attempt to commit a batch. */
public sealed interface WriteResult {

    /** It is in the books. */
    record Committed() implements WriteResult {}

    /** Proven not to be in the books; something it was decided on has changed: decide it again. */
    record Conflict(String sqlState) implements WriteResult {
        /** Whether somebody else's unfinished rows stood in the way for too long. */
        boolean isTimeOut() {
            return AdvisoryLocks.TIME_OUTS.contains(sqlState);
        }
    }

    /** Proven not to be in the books; another writer has this lane. */
    record Fenced() implements WriteResult {}

    /** Proven not to be in the books; somebody else processes one of its queue partitions. */
    record Overtaken() implements WriteResult {}

    /** Proven not to be in the books, for a reason other than competition. */
    record Refused(SQLException cause) implements WriteResult {}

    /** The connection broke before COMMIT was sent: it is not in the books and never will be. */
    record Lost(SQLException cause) implements WriteResult {}

    /** Nobody knows until it is settled. */
    record InDoubt(SQLException cause) implements WriteResult {}
}
