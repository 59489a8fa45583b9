/** Tests of the read queries and of the encoding of rows. */
@NullMarked
package digitalwallet.ledger.store;

import org.jspecify.annotations.NullMarked;
