/**
 * What the server alone needs of Kafka: its topics watched, and the key its own commands are signed
 * with. Knows nothing of the books.
 */
@NullMarked
package digitalwallet.server.kafka;

import org.jspecify.annotations.NullMarked;
