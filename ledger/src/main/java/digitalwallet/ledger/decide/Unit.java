package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import java.util.List;

/**
 * Commands that are decided together: a single one, or an atomic group, in the caller's order.
 *
 * @param commands empty for a queued message that does nothing
 * @param queued whether they came from a queue: perhaps not for the first time, and with nobody
 *     waiting, so that each must leave a transaction behind
 */
public record Unit(List<Command> commands, boolean queued) {

    /** Commands whose caller waits. */
    public Unit(List<Command> commands) {
        this(commands, false);
    }
}
