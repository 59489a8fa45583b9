/**
 * Exact amounts of money: whole minor units of a currency of ISO 4217, read from text strictly and
 * written with all decimals. Everybody who handles amounts uses these, so an amount means the same
 * in the books, in requests and in payments.
 *
 * <p>Pure: uses nothing but the JDK, and no floating point.
 */
@NullMarked
package digitalwallet.money;

import org.jspecify.annotations.NullMarked;
