/** Tests of what the ledger is about. */
@NullMarked
package digitalwallet.ledger;

import org.jspecify.annotations.NullMarked;
