/** Tests of the check of the books: sound books, and books with one row altered. */
@NullMarked
package digitalwallet.ledger.check;

import org.jspecify.annotations.NullMarked;
