/**
 * What people and programs ask the books: wallets, balances now and earlier, histories, searches,
 * outcomes, how far queues are processed. Each question is one statement or one snapshot, on a
 * connection of a pool; no lane waits for any.
 *
 * <p>Changes nothing in the books, and knows nothing of how they are written.
 */
@NullMarked
package digitalwallet.ledger.reading;

import org.jspecify.annotations.NullMarked;
