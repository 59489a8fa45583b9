/** All SQL of the ledger: schema, the lanes' locking, loading and writing, and the read queries. */
@NullMarked
package digitalwallet.ledger.store;

import org.jspecify.annotations.NullMarked;
