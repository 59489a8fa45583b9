package digitalwallet.ledger.posting;

import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.decide.BatchView;
import java.util.BitSet;
import java.util.Map;
import java.util.UUID;

/**
 * What the books say about a batch.
 *
 * @param runnable which units may be decided; the others need a lock that somebody else holds, or
 *     come behind one that does, and must wait
 * @param assumed the states of accounts of runnable units that were not loaded but remembered
 */
public record LoadedBatch(BatchView view, BitSet runnable, Map<UUID, AccountState> assumed)
        implements PostingResult.Loading {}
