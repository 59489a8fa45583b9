/**
 * The ledger's database, as the rooms that use it share it: its address and how it is connected to,
 * its schema and tables, and rows made accounts, transactions and outcomes again.
 *
 * <p>What only one room needs is in that room.
 */
@NullMarked
package digitalwallet.ledger.database;

import org.jspecify.annotations.NullMarked;
