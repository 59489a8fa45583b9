package digitalwallet.payments.queue;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.PolledBytes;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.messages.MalformedMessageException;
import digitalwallet.messages.Message;
import digitalwallet.messages.Topic;
import digitalwallet.messages.WalletEvent;
import digitalwallet.payments.flow.WalletNews;
import digitalwallet.payments.loop.Loop;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.SessionLock;
import digitalwallet.payments.store.WalletTransactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the wallet's events. The position is written in the transaction of the effect, so that each
 * event has its effect once; while events have none, it is written now and then. One process at a
 * time reads, and one that was replaced without noticing cannot write.
 *
 * <p>Almost all events are not about payments. A header says so, and they are not even parsed.
 * Whoever forges that header can only have their own message overlooked.
 */
public final class WalletReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WalletReader.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long STORE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String LOCK = "wallet_reader";

    private final Database database;
    private final WalletTransactions positions;
    private final WalletNews news;
    private final KafkaSettings settings;
    private final AuthenticReader messages;
    private final MeterRegistry registry;
    private final PolledBytes polled;
    private final Counter missed;
    private final Loop loop;
    private long lastStore = System.nanoTime();
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
        polled = new PolledBytes(registry);
        // A rise from nothing is no rise to an alert: each reason begins at 0.
        for (var reason : MalformedMessageException.Reason.values()) {
            malformed(reason);
        }
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
            var ours = current();
            read(ours);
            if (System.nanoTime() - lastStore > STORE_NANOS) {
                lastStore = System.nanoTime();
                held.confirm();
                if (!ours.unstored().isEmpty()) {
                    database.inTransactionDo(() -> store(ours));
                }
            }
            return true;
        } catch (RuntimeException e) {
            giveUp();
            throw e;
        }
    }

    /** Opened anew when the topic has other partitions than before, or is another one. */
    private Partitions current() {
        var ours = partitions;
        if (ours != null && !ours.areAll()) {
            LOG.info("the topic {} has other partitions than before", topic());
            partitions = null;
            ours.close();
            ours = null;
        }
        if (ours == null) {
            ours = Partitions.open(settings, positions);
            partitions = ours;
        }
        return ours;
    }

    private void read(Partitions ours) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = ours.consumer().poll(POLL);
            polled.count(records);
        } catch (OffsetOutOfRangeException e) {
            goOnBehindTheGap(ours, e);
            return;
        }
        var events = new ArrayList<WalletEvent>();
        for (var partition : records.partitions()) {
            ours.read(
                    partition,
                    Objects.requireNonNull(records.nextOffsets().get(partition)).offset());
            events.addAll(events(records.records(partition)));
        }
        if (!events.isEmpty()) {
            database.inTransactionDo(
                    () -> {
                        store(ours);
                        news.hear(events);
                    });
        }
    }

    /** Writes how far all partitions are read, unless somebody else has. */
    private void store(Partitions ours) {
        ours.unstored().forEach((partition, next) -> advance(ours, partition, next));
    }

    private void advance(Partitions ours, TopicPartition partition, long next) {
        long from = ours.stored(partition);
        if (!positions.advance(ours.topicId(), partition.partition(), from, next)) {
            throw new IllegalStateException("somebody else reads " + partition);
        }
        ours.storedUpTo(partition, next);
    }

    private Counter malformed(MalformedMessageException.Reason reason) {
        return registry.counter("payments_events_malformed", "reason", reason.word());
    }

    private List<WalletEvent> events(List<ConsumerRecord<byte[], byte[]>> records) {
        var events = new ArrayList<WalletEvent>();
        for (var each : records) {
            if (!mayConcernPayments(each)) {
                continue;
            }
            try {
                var event = WalletEvent.read(messages.read(each).event());
                AuthenticReader.requireKey(each, event.key());
                events.add(event);
            } catch (MalformedMessageException e) {
                malformed(e.reason()).increment();
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

    /** Also true when no header says it. */
    private static boolean mayConcernPayments(ConsumerRecord<byte[], byte[]> message) {
        var type = message.headers().lastHeader(Message.TRANSACTION_TYPE_HEADER);
        return type == null
                || type.value() == null
                || WalletNews.mayConcernPayments(new String(type.value(), StandardCharsets.UTF_8));
    }

    /** The wallet may have posted what we never read; reconciliation then shows what is missing. */
    private void goOnBehindTheGap(Partitions ours, OffsetOutOfRangeException gap) {
        var begins = ours.consumer().beginningOffsets(gap.partitions());
        begins.forEach(
                (partition, begin) -> {
                    long from = ours.position(partition);
                    missed.increment((double) Math.max(1, begin - from));
                    LOG.error("events of {} from {} to {} are gone", partition, from, begin);
                    ours.read(partition, begin);
                });
        database.inTransactionDo(() -> store(ours));
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
