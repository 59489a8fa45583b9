/**
 * What a payment is and how it may go on: pure, no clock, no database.
 *
 * <pre>
 * top-up  PENDING ─► SUCCEEDED ─► SETTLED
 *            │         ▲   └────► REFUNDING ─► REFUNDED
 *            └─► FAILED┘
 * payout  PENDING ─► SUCCEEDED ─► SETTLED
 *            └─────► FAILED ────► RETURNED
 * </pre>
 */
@NullMarked
package digitalwallet.payments;

import org.jspecify.annotations.NullMarked;
