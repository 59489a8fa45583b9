package digitalwallet.ledger.posting;

import java.sql.SQLException;

/** What became of the attempt to post a batch: of loading it, deciding it, or writing it. */
public sealed interface PostingResult {

    /** It is in the books. */
    record Committed() implements PostingResult {}

    /**
     * Proven not to be in the books; somebody else was at the same accounts, or it was dated too
     * long before it came to be written: load and decide it again.
     *
     * @param reason a word for metrics: an SQLSTATE, "stale" or "late"
     */
    record Conflict(String reason) implements NotLoaded {

        /** Whether it waited in vain for what somebody else holds. */
        public boolean isHeld() {
            return SqlStates.isTimeOut(reason);
        }
    }

    /**
     * Proven not to be in the books; a statement took longer than any may. Whether the database is
     * slow or something that the batch needs, nobody knows: to be tried again, but not often. The
     * session goes on.
     *
     * @param reason a word for metrics: an SQLSTATE
     */
    record TimedOut(String reason, Exception cause) implements NotLoaded {}

    /** Proven not to be in the books; somebody else processes one of its queue partitions. */
    record Overtaken() implements PostingResult {}

    /**
     * Proven not to be in the books, for a reason that is nobody's competition: something in it, or
     * in what the books say about it, is to blame. The session goes on.
     *
     * @param reason a word for metrics: an SQLSTATE, or the step that failed
     */
    record Refused(String reason, Throwable cause) implements NotLoaded {}

    /**
     * The session is of no more use: close it and open another one. What was tried is not in the
     * books and never will be.
     */
    record Lost(Reason reason, Throwable cause) implements NotLoaded, LaneSession.Opening {

        /** Why a session is of no more use. */
        public enum Reason {
            /** The connection or the database is gone, or another writer has the lane. */
            BROKEN,
            /** The database's lock table is full. */
            NO_ROOM_FOR_LOCKS,
            /** Something failed that nobody foresaw. */
            MISTAKE
        }

        private static final String OUT_OF_SHARED_MEMORY = "53200";

        /** A session that cannot be trusted after this. */
        public static Lost byMistake(Throwable mistake) {
            return new Lost(Reason.MISTAKE, mistake);
        }

        /** A session that this ended, whatever it is. */
        static Lost by(Exception cause) {
            return cause instanceof SQLException reported ? by(reported) : byMistake(cause);
        }

        /** A session that this ended. */
        static Lost by(SQLException cause) {
            boolean isFull = OUT_OF_SHARED_MEMORY.equals(cause.getSQLState());
            return new Lost(isFull ? Reason.NO_ROOM_FOR_LOCKS : Reason.BROKEN, cause);
        }
    }

    /** COMMIT got no answer: nobody knows until another session settles it. */
    record InDoubt(InDoubtBatch batch, Lost lost) implements PostingResult {}

    /** A batch whose COMMIT got no answer. */
    final class InDoubtBatch {

        private final BlockHead previous;
        private final BlockHead head;

        InDoubtBatch(BlockHead previous, BlockHead head) {
            this.previous = previous;
            this.head = head;
        }

        BlockHead previous() {
            return previous;
        }

        BlockHead head() {
            return head;
        }
    }

    /** What became of loading: what the books say, or why that is not known. */
    sealed interface Loading permits LoadedBatch, NotLoaded {}

    /** How an attempt can end before it is decided; later ones can end so, too. */
    sealed interface NotLoaded extends PostingResult, Loading
            permits Conflict, TimedOut, Refused, Lost {}
}
