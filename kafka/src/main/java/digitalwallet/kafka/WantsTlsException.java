package digitalwallet.kafka;

import org.apache.kafka.common.KafkaException;

/**
 * A broker wants TLS and is not offered it. Kafka's own clients would read its alert as the length
 * of an answer, and they have no setting that bounds what they allocate for one.
 */
public final class WantsTlsException extends KafkaException {

    private static final long serialVersionUID = 1;

    WantsTlsException() {
        super("the broker wants TLS");
    }
}
