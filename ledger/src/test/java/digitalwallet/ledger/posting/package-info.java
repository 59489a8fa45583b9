/** Tests of how rows are written and blocks are hashed. */
@NullMarked
package digitalwallet.ledger.posting;

import org.jspecify.annotations.NullMarked;
