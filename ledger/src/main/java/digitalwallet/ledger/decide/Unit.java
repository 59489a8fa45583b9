package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import java.util.List;

/** Commands that are decided together: a single one, or an atomic group, in the caller's order. */
public record Unit(List<Command> commands) {}
