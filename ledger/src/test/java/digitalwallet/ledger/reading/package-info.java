/** Tests of the questions asked of the books. */
@NullMarked
package digitalwallet.ledger.reading;

import org.jspecify.annotations.NullMarked;
