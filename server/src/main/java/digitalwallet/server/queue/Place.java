package digitalwallet.server.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a message stands, and what it says: a topic that is made anew has the same places again.
 *
 * @param content a hash of the value
 */
record Place(String topic, String partition, String offset, int content) {

    static Place of(ConsumerRecord<byte[], byte[]> message) {
        return new Place(
                message.topic(),
                Integer.toString(message.partition()),
                Long.toString(message.offset()),
                Arrays.hashCode(message.value()));
    }

    /** The same for the same place, and short, however long the texts of a letter are. */
    String digest() {
        var whole =
                "%d:%d:%d:%s:%s:%s"
                        .formatted(
                                content,
                                topic.length(),
                                partition.length(),
                                topic,
                                partition,
                                offset);
        return DeadLetters.sha256(whole.getBytes(UTF_8));
    }

    /** Of the message that a letter tells of, as the letter says. */
    static Place toldBy(ConsumerRecord<byte[], byte[]> letter) {
        return new Place(
                LetterHeaders.text(letter, LetterHeaders.TOPIC),
                LetterHeaders.text(letter, LetterHeaders.PARTITION),
                LetterHeaders.text(letter, LetterHeaders.OFFSET),
                Arrays.hashCode(letter.value()));
    }
}
