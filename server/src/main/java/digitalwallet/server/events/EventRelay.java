package digitalwallet.server.events;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.publishing.EventSession;
import digitalwallet.ledger.publishing.FreshBlocks;
import digitalwallet.ledger.publishing.Unpublished;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the journal, or stands by while another instance does. If anything goes wrong, it lets
 * go of everything and begins anew, so that another instance takes over when only this one cannot
 * reach Kafka.
 *
 * <p>Why order and completeness hold: a round is complete backwards ({@link EventSession#next}), it
 * is published whole and in order or not at all, and its end is stored only afterwards, within a
 * second or so. So the next publisher begins with something that was published or follows it. It
 * fences all others before it reads where to begin; at most it repeats what they published until
 * then.
 */
public final class EventRelay implements AutoCloseable {

    /** About how many transactions are published at once, so that they fit into memory. */
    public static final int TRANSACTIONS_OF_ROUND_MAX = 20_000;

    /**
     * About how much memory the transactions of a round take. Two rounds are in memory at a time,
     * each once as transactions and twice as events.
     */
    private static final long BYTES_OF_ROUND_MAX = Runtime.getRuntime().maxMemory() / 32;

    private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);

    /**
     * The least time between the starts of two rounds, unless one round cannot take all there is.
     */
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /**
     * Each round costs the broker, the publisher and every reader the same again, however little it
     * holds. A busy wallet's are less often, so that its machine has more time for money.
     */
    private static final long BUSY_ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int TRANSACTIONS_OF_BUSY_ROUND = 200;

    private static final long STAND_BY_MILLIS = 500;
    private static final long RETRY_MILLIS = 200;
    private static final long RETRY_MILLIS_MAX = 5_000;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private final DatabaseAddress database;
    private final FreshBlocks fresh;
    private final DigestKey digestKey;
    private final KafkaSettings kafka;
    private final MessageKeys keys;
    private final BooleanSupplier topicsAreSafe;
    private final InstantSource clock;
    private final int transactionsMax;
    private final @Nullable Instant since;
    private final EventMetrics metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("events").daemon().unstarted(this::run);
    private String complaint = "";
    private long retryMillis = RETRY_MILLIS;
    private int roundTransactions;

    private EventRelay(
            DatabaseAddress database,
            FreshBlocks fresh,
            DigestKey digestKey,
            KafkaSettings kafka,
            MessageKeys keys,
            BooleanSupplier topicsAreSafe,
            InstantSource clock,
            int transactionsMax,
            @Nullable Instant since,
            MeterRegistry registry) {
        this.database = database;
        this.fresh = fresh;
        this.digestKey = digestKey;
        this.kafka = kafka;
        this.keys = keys;
        this.topicsAreSafe = topicsAreSafe;
        this.clock = clock;
        this.transactionsMax = transactionsMax;
        this.since = since;
        roundTransactions = transactionsMax;
        metrics = new EventMetrics(clock, registry);
    }

    /**
     * Starts the thread.
     *
     * @param fresh what the lanes of this instance posted a moment ago
     * @param digestKey seals how far the events are published
     * @param keys which the events are signed with
     * @param topicsAreSafe asked until it is so; nothing is published before
     * @param transactionsMax of a round, about
     * @param since what was posted since then is published again; null for nothing
     */
    public static EventRelay start(
            DatabaseAddress database,
            FreshBlocks fresh,
            DigestKey digestKey,
            KafkaSettings kafka,
            MessageKeys keys,
            BooleanSupplier topicsAreSafe,
            InstantSource clock,
            int transactionsMax,
            @Nullable Instant since,
            MeterRegistry registry) {
        var relay =
                new EventRelay(
                        database,
                        fresh,
                        digestKey,
                        kafka,
                        keys,
                        topicsAreSafe,
                        clock,
                        transactionsMax,
                        since,
                        registry);
        relay.thread.start();
        return relay;
    }

    /** Ends after the round that runs; another instance takes over at once. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            if (!thread.join(STOP_PATIENCE)) {
                thread.interrupt();
                thread.join(STOP_PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean going = true;
        while (going) {
            try (var session = EventSession.open(database, fresh, digestKey)) {
                going = standBy(session) && publish(session);
            } catch (SQLException | KafkaException e) {
                going = failed(e);
            } catch (RuntimeException e) {
                LOG.error("the events cannot be published", e);
                going = failed(e);
            } finally {
                metrics.publisher(false);
            }
        }
    }

    /** Returns true with the claim, false when it is to end. */
    private boolean standBy(EventSession session) throws SQLException {
        while (true) {
            metrics.backlog(session.backlog());
            if (topicsAreSafe.getAsBoolean() && session.claim()) {
                return true;
            }
            if (pause(TimeUnit.MILLISECONDS.toNanos(STAND_BY_MILLIS))) {
                return false;
            }
        }
    }

    /** Publishes until it is to end; returns false then. */
    private boolean publish(EventSession session) throws SQLException {
        try (var rounds = new Rounds(session, EventProducer.open(kafka, keys), metrics, clock)) {
            if (since == null) {
                session.resume();
            } else {
                session.resumeSince(since);
            }
            LOG.info("this instance publishes the events");
            metrics.publisher(true);
            boolean going = true;
            while (going) {
                long begun = System.nanoTime();
                long before = rounds.finished();
                var due = rounds.next(roundTransactions, BYTES_OF_ROUND_MAX);
                if (rounds.finished() > before) {
                    succeeded();
                }
                going = !pause(begun + least(due) - System.nanoTime());
            }
            rounds.end();
            return false;
        }
    }

    /** The time from the start of a round to that of the next. */
    private static long least(Unpublished due) {
        if (due.more()) {
            return 0;
        }
        boolean busy = due.transactions().size() > TRANSACTIONS_OF_BUSY_ROUND;
        return busy ? BUSY_ROUND_NANOS : ROUND_NANOS;
    }

    private void succeeded() {
        complaint = "";
        retryMillis = RETRY_MILLIS;
        roundTransactions = Math.min(2 * roundTransactions, transactionsMax);
    }

    /** Says the same only once, however long it lasts; returns false when it is to end. */
    private boolean failed(Exception e) {
        metrics.failed();
        // Kafka may be able to take in parts what it cannot take in time all at once.
        roundTransactions = Math.max(roundTransactions / 2, 1);
        var sentence =
                e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException
                        ? "another instance publishes them now"
                        : String.valueOf(e.getMessage());
        if (!sentence.equals(complaint) && stopped.getCount() > 0) {
            complaint = sentence;
            LOG.warn("publishing the events begins anew: {}", sentence);
        }
        long wait = retryMillis;
        retryMillis = Math.min(2 * retryMillis, RETRY_MILLIS_MAX);
        return !pause(TimeUnit.MILLISECONDS.toNanos(wait));
    }

    /** Returns true at once when it is to end, false after the time. */
    private boolean pause(long nanos) {
        try {
            return stopped.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }
}
