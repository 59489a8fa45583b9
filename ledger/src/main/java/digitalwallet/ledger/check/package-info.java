/** The books examined: conservation, chains, hashes; incrementally, in full, and offline. */
@NullMarked
package digitalwallet.ledger.check;

import org.jspecify.annotations.NullMarked;
