/** The publisher's reading of the journal: from memory or from the books, in rounds that fit. */
@NullMarked
package digitalwallet.ledger.publishing;

import org.jspecify.annotations.NullMarked;
