/** Proof of the lanes on real PostgreSQL. */
@NullMarked
package digitalwallet.ledger.lane;

import org.jspecify.annotations.NullMarked;
