/**
 * How a payment goes on: what is heard about it becomes a new state and what follows from that, in
 * one database transaction.
 *
 * <pre>
 * TopUps, WalletNews, webhooks, ProviderWork ─► PaymentFlow ─► payment + outbox
 *                               └─► Provider
 * </pre>
 */
@NullMarked
package digitalwallet.payments.flow;

import org.jspecify.annotations.NullMarked;
