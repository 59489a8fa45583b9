package digitalwallet.payments.queue;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.messages.MalformedMessageException;
import digitalwallet.messages.Topic;
import digitalwallet.messages.WalletEvent;
import digitalwallet.payments.flow.WalletNews;
import digitalwallet.payments.loop.Loop;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.SessionLock;
import digitalwallet.payments.store.WalletTransactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the wallet's events. The position is written in the transaction of the effect, so that each
 * event has its effect once. One process at a time reads, and one that was replaced without
 * noticing cannot write.
 */
public final class WalletReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WalletReader.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String LOCK = "wallet_reader";

    private final Database database;
    private final WalletTransactions positions;
    private final WalletNews news;
    private final KafkaSettings settings;
    private final AuthenticReader messages;
    private final MeterRegistry registry;
    private final Counter missed;
    private final Loop loop;
    private @Nullable SessionLock lock;
    private @Nullable Partitions partitions;

    private WalletReader(
            Database database,
            WalletNews news,
            KafkaSettings settings,
            AuthenticReader messages,
            MeterRegistry registry) {
        this.database = database;
        this.positions = new WalletTransactions(database);
        this.news = news;
        this.settings = settings;
        this.messages = messages;
        this.registry = registry;
        this.missed =
                Counter.builder("payments_events_missed")
                        .description("Events of the wallet that were gone before they were read")
                        .register(registry);
        this.loop = Loop.start("wallet-reader", PAUSE, this::round);
    }

    /** Starts. */
    public static WalletReader start(
            Database database,
            WalletNews news,
            KafkaSettings settings,
            AuthenticReader messages,
            MeterRegistry registry) {
        return new WalletReader(database, news, settings, messages, registry);
    }

    @Override
    public void close() {
        loop.close();
        giveUp();
    }

    private boolean round() {
        try {
            var held = lock == null ? SessionLock.take(database, LOCK).orElse(null) : lock;
            if (held == null) {
                return false;
            }
            lock = held;
            held.confirm();
            var ours = partitions == null ? Partitions.open(settings, positions) : partitions;
            partitions = ours;
            read(ours);
            return true;
        } catch (RuntimeException e) {
            giveUp();
            throw e;
        }
    }

    private void read(Partitions ours) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = ours.consumer().poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            goOnBehindTheGap(ours, e);
            return;
        }
        if (!records.isEmpty()) {
            database.inTransactionDo(() -> hear(records, ours));
        }
    }

    private void hear(ConsumerRecords<byte[], byte[]> records, Partitions ours) {
        for (var partition : records.partitions()) {
            var ofPartition = records.records(partition);
            advance(
                    ours,
                    partition,
                    ofPartition.getFirst().offset(),
                    Objects.requireNonNull(records.nextOffsets().get(partition)).offset());
            news.hear(events(ofPartition));
        }
    }

    /**
     * There may be offsets without a record between two records, so we go on from where we were.
     */
    private void advance(Partitions ours, TopicPartition partition, long first, long next) {
        long from = ours.position(partition);
        if (from > first || !positions.advance(ours.topicId(), partition.partition(), from, next)) {
            throw new IllegalStateException("somebody else reads " + partition);
        }
        ours.moveTo(partition, next);
    }

    private List<WalletEvent> events(List<ConsumerRecord<byte[], byte[]>> records) {
        var events = new ArrayList<WalletEvent>();
        for (var each : records) {
            try {
                var event = WalletEvent.read(messages.read(each).event());
                AuthenticReader.requireKey(each, event.key());
                events.add(event);
            } catch (MalformedMessageException e) {
                registry.counter("payments_events_malformed", "reason", e.reason().word())
                        .increment();
                LOG.error(
                        "{}-{} at {} is not understood: {}",
                        each.topic(),
                        each.partition(),
                        each.offset(),
                        e.sentence());
            }
        }
        return events;
    }

    /** The wallet may have posted what we never read; reconciliation then shows what is missing. */
    private void goOnBehindTheGap(Partitions ours, OffsetOutOfRangeException gap) {
        var begins = ours.consumer().beginningOffsets(gap.partitions());
        begins.forEach(
                (partition, begin) -> {
                    long from = ours.position(partition);
                    missed.increment((double) Math.max(1, begin - from));
                    LOG.error("events of {} from {} to {} are gone", partition, from, begin);
                    database.inTransactionDo(() -> advance(ours, partition, from, begin));
                });
        giveUp();
    }

    private void giveUp() {
        var ours = partitions;
        partitions = null;
        if (ours != null) {
            ours.close();
        }
        var held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }

    static String topic() {
        return Topic.TRANSACTIONS.word();
    }
}
