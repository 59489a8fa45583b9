package digitalwallet.server.events;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.ledger.publishing.JournalTransaction;
import digitalwallet.messages.Topic;
import digitalwallet.messages.WalletEventText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producer of the one publisher. All instances use one transactional id: the producer that is
 * opened last fences those before it, even if they believe that they still publish, and what they
 * had not finished is taken back.
 */
final class EventProducer implements AutoCloseable {

    static final String TRANSACTIONAL_ID = "wallet-events";

    /** After this long the brokers take back what a publisher began that never comes back. */
    private static final int TRANSACTION_MILLIS_MAX = 15_000;

    private static final int BATCH_BYTES_MAX = 256 * 1024;

    /** Long enough for full batches: the end of a round sends what is left at once. */
    private static final int LINGER_MILLIS = 200;

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final KafkaProducer<byte[], byte[]> producer;

    private final MessageKeys keys;
    private final WalletEventText.Writer writer = new WalletEventText.Writer();

    private EventProducer(KafkaProducer<byte[], byte[]> producer, MessageKeys keys) {
        this.producer = producer;
        this.keys = keys;
    }

    /**
     * Connects and fences all others.
     *
     * @throws KafkaException when Kafka does not answer within seconds
     */
    static EventProducer open(KafkaSettings settings, MessageKeys keys) {
        var properties = settings.producer();
        properties.putAll(
                Map.of(
                        ProducerConfig.CLIENT_ID_CONFIG, TRANSACTIONAL_ID,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS_MAX,
                        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES_MAX,
                        ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"));
        var events =
                new EventProducer(
                        new KafkaProducer<>(
                                properties, new ByteArraySerializer(), new ByteArraySerializer()),
                        keys);
        try {
            events.producer.initTransactions();
            return events;
        } catch (RuntimeException e) {
            events.close();
            throw e;
        }
    }

    /**
     * Publishes the events of these transactions in their order, all or none. Returns once all
     * brokers that should have them have them.
     *
     * @return how many
     * @throws KafkaException when that is not certain: close this producer
     */
    int publish(List<JournalTransaction> transactions) {
        var texts = new WalletEventText[transactions.size()];
        var events = EventOrder.of(transactions);
        producer.beginTransaction();
        for (var due : events) {
            var transaction = transactions.get(due.source()).transaction();
            var text = texts[due.source()];
            if (text == null) {
                text = writer.write(EventContent.of(transaction));
                texts[due.source()] = text;
            }
            var change = due.change();
            var user = change == null ? transaction.userId() : change.userId();
            var event = text.event(user, change == null ? null : EventContent.of(change));
            // The commit says what becomes of it.
            var _ = producer.send(keys.sign(Topic.TRANSACTIONS, event));
        }
        producer.commitTransaction();
        return events.size();
    }

    @Override
    public void close() {
        producer.close(CLOSE_PATIENCE);
    }
}
