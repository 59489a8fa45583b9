/**
 * Gathers commands into batches: one batch is one database transaction. This package decides
 * nothing and knows no SQL.
 *
 * <pre>
 *   PostingEngine ─┐                               ┌─ Attempts: admit, load, decide, write
 *                  ├─► Task ─► Lane ─► BatchRun ───┤
 *   Feed ──────────┘                               └─► Receiver: a caller, or a queued unit
 * </pre>
 */
@NullMarked
package digitalwallet.ledger.lane;

import org.jspecify.annotations.NullMarked;
