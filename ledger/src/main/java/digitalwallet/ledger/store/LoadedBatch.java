package digitalwallet.ledger.store;

import digitalwallet.ledger.decide.BatchView;
import java.util.BitSet;

/**
 * What the books say about a batch.
 *
 * @param runnable which units may be decided; the others need a lock that somebody else holds, or
 *     come behind one that does, and must wait
 */
public record LoadedBatch(BatchView view, BitSet runnable) {}
