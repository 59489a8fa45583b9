/**
 * The words that cross Kafka: topics, commands, wallet events, payment events, as records and as
 * JSON.
 *
 * <pre>
 * CommandMessage, CommandBatchMessage ─► CloudEvent ─► bytes ─► wallet.commands
 * WalletEvent  ◄────────────────────────► CloudEvent ◄─► bytes   wallet.transactions
 * PaymentEvent ◄────────────────────────► CloudEvent ◄─► bytes   payments.events
 * </pre>
 *
 * <p>Uses no other package of ours. It knows neither a broker nor a clock.
 */
@NullMarked
package digitalwallet.messages;

import org.jspecify.annotations.NullMarked;
