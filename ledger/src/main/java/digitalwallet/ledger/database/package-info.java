/**
 * The ledger's database, as the packages that use it share it: its address and how it is connected
 * to, its schema and tables, and rows made accounts, transactions and outcomes again.
 *
 * <p>What only one package needs is in that package.
 */
@NullMarked
package digitalwallet.ledger.database;

import org.jspecify.annotations.NullMarked;
