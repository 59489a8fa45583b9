/**
 * The decision: given the view of a batch and its commands in order, which are posted and how.
 * Pure: no clock, no random, no I/O; uses {@code digitalwallet.ledger} and {@code
 * digitalwallet.money}.
 *
 * <pre>
 *   BatchView (what the books say) + units of commands ──► Decider ──► BatchDecision (rows, outcomes)
 * </pre>
 */
@NullMarked
package digitalwallet.ledger.decide;

import org.jspecify.annotations.NullMarked;
