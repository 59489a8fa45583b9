/**
 * How the server meets Kafka: the settings of its clients, the topics as they must be, the key its
 * own commands are signed with. Uses the topics of {@code messages}; knows nothing of the books.
 */
@NullMarked
package digitalwallet.server.kafka;

import org.jspecify.annotations.NullMarked;
