package digitalwallet.ledger.lane;

import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.UnitOutcome;

/** One message of a feed and how much of it is not in the books yet; its feed guards it. */
final class Delivery {

    private final Feed feed;
    private final long offset;
    private int unfinished;
    private boolean refused;

    /**
     * A message.
     *
     * @param tasks how many must be committed before it is finished
     */
    Delivery(Feed feed, long offset, int tasks) {
        this.feed = feed;
        this.offset = offset;
        unfinished = tasks;
    }

    Feed feed() {
        return feed;
    }

    long offset() {
        return offset;
    }

    int unfinished() {
        return unfinished;
    }

    void finishedOne() {
        unfinished--;
    }

    /** Notes that a part of it cannot be processed; returns whether that is the first one. */
    boolean refuse() {
        boolean first = !refused;
        refused = true;
        return first;
    }

    /** A task of it is committed, unless its transaction ids turned out to be another's. */
    void settled(UnitOutcome outcome) {
        switch (outcome) {
            case GroupOutcome group -> feed.finished(this, group);
            case UnitOutcome.IdTaken _ ->
                    feed.refused(this, "id_taken", "the transaction id belongs to another command");
        }
    }

    /** A task of it will not be run: the feed is broken, or the task is to blame. */
    void failed(RuntimeException fault) {
        if (fault instanceof EngineUnavailableException
                || fault instanceof OutcomeUnknownException) {
            feed.close();
        } else {
            var cause = fault.getCause();
            feed.refused(this, "posting_failed", String.valueOf(cause == null ? fault : cause));
        }
    }
}
