/** What the server alone needs of Kafka: its topics watched. Knows nothing of the books. */
@NullMarked
package digitalwallet.server.kafka;

import org.jspecify.annotations.NullMarked;
