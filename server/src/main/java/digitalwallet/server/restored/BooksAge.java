package digitalwallet.server.restored;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.ledger.database.ReadFailedException;
import digitalwallet.ledger.reading.KnownTransactions;
import digitalwallet.server.restored.Comparison.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, once Kafka is there, whether the books know what was published of them. If they do
 * not, they were restored to an earlier time, and the outside world relies on what they have lost:
 * payouts are paid, and refused top-ups paid back. Then this instance stands still, until an
 * operator confirms the gap. After that it goes on, and what was lost is decided as it was before.
 */
public final class BooksAge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BooksAge.class);
    private static final long RETRY_MILLIS = 200;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private final KafkaSettings kafka;
    private final AuthenticReader messages;
    private final Comparison comparison;
    private final BooleanSupplier topicsAreSafe;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("books-age").daemon().unstarted(this::run);
    // Null as long as Kafka has not been asked.
    private volatile @Nullable Verdict verdict;
    private String complaint = "";

    private BooksAge(
            KafkaSettings kafka,
            AuthenticReader messages,
            Comparison comparison,
            BooleanSupplier topicsAreSafe) {
        this.kafka = kafka;
        this.messages = messages;
        this.comparison = comparison;
        this.topicsAreSafe = topicsAreSafe;
    }

    /**
     * Begins to find out.
     *
     * @param topicsAreSafe asked until it is so; Kafka is not asked before
     * @param confirmed what an operator has confirmed to be lost, or null
     */
    public static BooksAge watch(
            KafkaSettings kafka,
            AuthenticReader messages,
            KnownTransactions books,
            BooleanSupplier topicsAreSafe,
            @Nullable Gap confirmed,
            MeterRegistry registry) {
        var age = new BooksAge(kafka, messages, new Comparison(books, confirmed), topicsAreSafe);
        Gauge.builder("wallet_books_behind", age, each -> each.fault() == null ? 0 : 1)
                .description("1 while the books lack what was published of them")
                .strongReference(true)
                .register(registry);
        Gauge.builder("wallet_lost_payouts", age, each -> each.lost().payouts().size())
                .description("Payouts that the books have lost, booked again when they end")
                .strongReference(true)
                .register(registry);
        Gauge.builder("wallet_lost_bytes", age, each -> each.lost().bytes())
                .description("Memory that lost payouts and refusals take, about")
                .strongReference(true)
                .register(registry);
        Gauge.builder("wallet_lost_bytes_max", () -> Comparison.LOST_BYTES_MAX)
                .description("As much as they may take; with more, the instance stands still")
                .register(registry);
        age.thread.start();
        return age;
    }

    /** Whether events may be published and messages consumed. */
    public boolean isCurrent() {
        return verdict instanceof Verdict.Current;
    }

    /** Why this instance stands still; null when it does not. */
    public @Nullable String fault() {
        return verdict instanceof Verdict.Behind(var sentence) ? sentence : null;
    }

    /** What the books have lost, as far as it is known. */
    public Lost lost() {
        return verdict instanceof Verdict.Current(var lost) ? lost : Lost.NOTHING;
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (verdict == null && !stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (topicsAreSafe.getAsBoolean()) {
                    attempt();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try (var events = PublishedEvents.open(kafka, messages)) {
            decide(comparison.with(events));
        } catch (KafkaException | ReadFailedException e) {
            // Whatever fails when it is interrupted to end is no fault.
            if (stopped.getCount() > 0) {
                complain(e);
            }
        }
    }

    private void decide(Verdict found) {
        verdict = found;
        if (found instanceof Verdict.Behind(var sentence)) {
            LOG.error("{}", sentence);
        }
    }

    /** Logs a complaint only once, even if its cause lasts. */
    private void complain(RuntimeException e) {
        if (!e.toString().equals(complaint)) {
            complaint = e.toString();
            LOG.warn("whether the books are as new as their events is not known: {}", complaint);
        }
    }
}
