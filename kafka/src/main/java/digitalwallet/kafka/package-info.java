/**
 * How the processes meet Kafka: the settings of their clients, the topics as they must be, and what
 * somebody has to change where Kafka refuses. Uses the topics of {@code messages}; decides nothing.
 */
@NullMarked
package digitalwallet.kafka;

import org.jspecify.annotations.NullMarked;
