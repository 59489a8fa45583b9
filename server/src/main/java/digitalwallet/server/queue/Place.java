package digitalwallet.server.queue;

import digitalwallet.ledger.Digest;
import java.util.Arrays;
import java.util.HexFormat;
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
        var digest = new Digest().text(topic).text(partition).text(offset).number(content);
        return HexFormat.of().formatHex(digest.toBytes());
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
