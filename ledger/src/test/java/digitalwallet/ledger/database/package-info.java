/** Tests of how rows become words again. */
@NullMarked
package digitalwallet.ledger.database;

import org.jspecify.annotations.NullMarked;
