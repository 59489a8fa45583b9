package digitalwallet.ledger;

/** What became of one unit of a batch: commands whose callers wait, or a part of a message. */
public sealed interface UnitOutcome permits GroupOutcome, UnitOutcome.IdTaken {

    /**
     * A message's transaction ids belong to other commands, and nothing is done. Nobody who waits
     * for an outcome is told this: only queued commands bring their own ids.
     */
    record IdTaken() implements UnitOutcome {}
}
