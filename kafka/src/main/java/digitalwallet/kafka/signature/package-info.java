/**
 * Who wrote a message: HMAC-SHA-256 with a key's id over topic, record key, type, id, time and
 * value. What is not signed, or was altered, is no message.
 *
 * <pre>
 *   Message ──► MessageKeys.sign ──► a record with headers ──► Kafka ──► AuthenticReader ──► CloudEvent
 * </pre>
 *
 * <p>A dead letter holds the message of another one, so it is signed as a whole: RecordSeal.
 */
@NullMarked
package digitalwallet.kafka.signature;

import org.jspecify.annotations.NullMarked;
