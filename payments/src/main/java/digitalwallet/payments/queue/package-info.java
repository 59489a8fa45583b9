/**
 * Kafka: the outbox to {@code payments.events}, {@code wallet.transactions} to the flow.
 *
 * <pre>
 * outbox ─► Relay ─► payments.events ─► (the wallet) ─► wallet.transactions ─► WalletReader ─► flow
 * </pre>
 */
@NullMarked
package digitalwallet.payments.queue;

import org.jspecify.annotations.NullMarked;
