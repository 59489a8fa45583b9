/**
 * Gathers commands into batches: one batch is one database transaction. Decides nothing, knows no
 * SQL.
 */
@NullMarked
package digitalwallet.ledger.lane;

import org.jspecify.annotations.NullMarked;
