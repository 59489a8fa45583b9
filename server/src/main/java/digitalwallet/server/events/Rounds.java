package digitalwallet.server.events;

import digitalwallet.ledger.publishing.Backlog;
import digitalwallet.ledger.publishing.EventSession;
import digitalwallet.ledger.publishing.Unpublished;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's rounds, one after the other. While one is being published, the next is read: the
 * two take about equally long. Any failure ends all of them.
 */
final class Rounds implements AutoCloseable {

    /**
     * Storing how far all is published costs the database a write, and only saves repetitions after
     * a failure.
     */
    private static final long STORE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Round(Unpublished due, Future<Integer> events) {}

    private final EventSession session;
    private final EventProducer producer;
    private final EventMetrics metrics;
    private final InstantSource clock;
    private final ExecutorService publishing =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("events-out").daemon().factory());
    private @Nullable Round running;
    private Map<Integer, Long> unstored = Map.of();
    private long lastStore = System.nanoTime();
    private long finished;

    /** Rounds of a session that has resumed; the producer is closed with them. */
    Rounds(
            EventSession session,
            EventProducer producer,
            EventMetrics metrics,
            InstantSource clock) {
        this.session = session;
        this.producer = producer;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Reads what one snapshot shows, and begins to publish it once the round before is published.
     *
     * @return what it has read
     * @throws KafkaException when the round before was not published
     */
    Unpublished next(int transactionsMax, long bytesMax) throws SQLException {
        var due = session.next(transactionsMax, bytesMax);
        var before = running;
        metrics.backlog(before == null ? due.backlog() : before.due.backlog().plus(due.backlog()));
        if (before != null) {
            finish(before);
            metrics.backlog(due.backlog());
        }
        if (System.nanoTime() - lastStore > STORE_NANOS) {
            store();
        }
        if (due.backlog().equals(Backlog.NONE)) {
            return due;
        }
        metrics.readBack(due.readBack());
        if (due.readBack() > 0) {
            // The books could still lose this, so nobody may hear of it.
            session.awaitDurable();
        }
        running = new Round(due, publishing.submit(() -> publish(due)));
        return due;
    }

    /** Waits for the last round, and stores its end, so that it is not repeated. */
    void end() throws SQLException {
        if (running != null) {
            finish(running);
        }
        store();
    }

    /** How many have been published. */
    long finished() {
        return finished;
    }

    private int publish(Unpublished due) {
        return due.transactions().isEmpty() ? 0 : producer.publish(due.transactions());
    }

    /** Its end may be stored only now that Kafka has acknowledged all of it. */
    private void finish(Round round) throws SQLException {
        running = null;
        try {
            metrics.published(round.events.get());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure
                    ? failure
                    : new IllegalStateException("a round could not be published", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while a round is published", e);
        }
        unstored = round.due.ends();
        finished++;
    }

    private void store() throws SQLException {
        lastStore = System.nanoTime();
        if (!unstored.isEmpty()) {
            session.published(unstored, clock.instant());
            unstored = Map.of();
        }
    }

    /** Takes back what is not acknowledged yet. */
    @Override
    public void close() {
        producer.close();
        publishing.shutdownNow();
    }
}
