/**
 * Publishes what is in the books to Kafka: for every wallet its versions in order, at least once.
 * The journal is the outbox, and one instance at a time reads it.
 *
 * <pre>
 *   block ──► EventSession: one snapshot ──► EventOrder ──► EventProducer ──► wallet.transactions
 *                        ▲                                        │ acknowledged
 *                        └──────────── published_block ◄──────────┘
 * </pre>
 */
@NullMarked
package digitalwallet.server.events;

import org.jspecify.annotations.NullMarked;
