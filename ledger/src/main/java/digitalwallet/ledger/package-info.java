/**
 * The language of the ledger: accounts, commands, transactions, entries, outcomes, rejections.
 * Records and sealed interfaces only; uses {@code digitalwallet.money} and the JDK.
 *
 * <pre>
 *   Command ──► Outcome (Posted | Rejected | KeyReused)
 *                  └── Transaction ──► Entry, Entry …   (sum zero per currency)
 *                                        └── of one Account, and its whole state afterwards
 * </pre>
 */
@NullMarked
package digitalwallet.ledger;

import org.jspecify.annotations.NullMarked;
