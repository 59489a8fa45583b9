package digitalwallet.server.restored;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.ledger.database.ReadFailedException;
import digitalwallet.ledger.reading.KnownTransactions;
import digitalwallet.server.restored.PublishedEvents.Published;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
    // Between the clocks of instances, and between a commit and its publication.
    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final int IDS_MAX = 100;
    private static final int LOST_MAX = 1_000_000;
    private static final long LOST_BYTES_MAX = Runtime.getRuntime().maxMemory() / 8;

    /** What is known. */
    private sealed interface State {

        /** Kafka has not been asked yet. */
        record Unknown() implements State {}

        /** The books have what was published, or it is confirmed that they lost some of it. */
        record Current(Lost lost) implements State {}

        /** They lack something. */
        record Behind(String sentence) implements State {}
    }

    private final KafkaSettings kafka;
    private final AuthenticReader messages;
    private final KnownTransactions books;
    private final BooleanSupplier topicsAreSafe;
    private final @Nullable Gap confirmed;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("books-age").daemon().unstarted(this::run);
    private volatile State state = new State.Unknown();
    private String complaint = "";

    private BooksAge(
            KafkaSettings kafka,
            AuthenticReader messages,
            KnownTransactions books,
            BooleanSupplier topicsAreSafe,
            @Nullable Gap confirmed) {
        this.kafka = kafka;
        this.messages = messages;
        this.books = books;
        this.topicsAreSafe = topicsAreSafe;
        this.confirmed = confirmed;
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
        var age = new BooksAge(kafka, messages, books, topicsAreSafe, confirmed);
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
        Gauge.builder("wallet_lost_bytes_max", () -> LOST_BYTES_MAX)
                .description("As much as they may take; with more, the instance stands still")
                .register(registry);
        age.thread.start();
        return age;
    }

    /** Whether events may be published and messages consumed. */
    public boolean isCurrent() {
        return state instanceof State.Current;
    }

    /** Why this instance stands still; null when it does not. */
    public @Nullable String fault() {
        return state instanceof State.Behind(var sentence) ? sentence : null;
    }

    /** What the books have lost, as far as it is known. */
    public Lost lost() {
        return state instanceof State.Current(var lost) ? lost : Lost.NOTHING;
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
            while (state instanceof State.Unknown
                    && !stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
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
            state = look(events);
        } catch (KafkaException | ReadFailedException e) {
            if (!e.toString().equals(complaint)) {
                complaint = e.toString();
                LOG.warn(
                        "whether the books are as new as their events is not known: {}", complaint);
            }
        }
    }

    private State look(PublishedEvents events) {
        var last = behind(events.last());
        if (last != null) {
            return behind(sentence(last));
        }
        return confirmed == null ? new State.Current(Lost.NOTHING) : lost(events, confirmed);
    }

    private static State behind(String sentence) {
        LOG.error("{}", sentence);
        return new State.Behind(sentence);
    }

    /**
     * The last of these that the books should have and do not; null when they have all they should.
     * Once books that were restored have published again, what is older was confirmed long ago.
     */
    private @Nullable Published behind(List<Published> last) {
        var unknown = new HashSet<>(unknown(last));
        var known =
                last.stream()
                        .filter(each -> !unknown.contains(each))
                        .map(each -> each.at().minus(MARGIN))
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN);
        return unknown.stream()
                .filter(each -> each.at().isAfter(known))
                .filter(each -> confirmed == null || each.at().isAfter(confirmed.to()))
                .max(Comparator.comparing(Published::at))
                .orElse(null);
    }

    private String sentence(Published last) {
        var end = books.lastPublished().orElse(Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS);
        // The clock of the publisher's machine may be a little behind the database's.
        var from = end.isBefore(last.at()) ? end : last.at().minus(MARGIN);
        var gap = new Gap(from, last.at().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS));
        return "The books were published until %s, but transaction %s was published at %s and is"
                        .formatted(from, last.transaction().id(), last.at())
                + " not in them. If they were restored, follow docs/operations/disaster.md, and"
                + " start with WALLET_RESTORED="
                + gap
                + ". Until then this instance stands still.";
    }

    private State lost(PublishedEvents events, Gap gap) {
        LOG.info("the books were restored: reading what was published of {}", gap);
        var found = new Lost.Found(LOST_MAX, LOST_BYTES_MAX);
        var some = new ArrayList<Published>();
        events.since(
                gap.from().minus(MARGIN),
                each -> {
                    if (!each.at().isAfter(gap.to()) && Lost.matters(each.transaction())) {
                        some.add(each);
                    }
                    if (some.size() == IDS_MAX) {
                        take(some, found);
                    }
                });
        take(some, found);
        return found.all()
                .map(BooksAge::current)
                .orElseGet(
                        () ->
                                behind(
                                        "Of WALLET_RESTORED=%s the books have lost more than %,d payouts"
                                                        .formatted(gap, LOST_MAX)
                                                + " and refusals, or more than fit into an eighth"
                                                + " of the heap: start with a larger one (-Xmx)."
                                                + " Until then this instance stands still."));
    }

    private static State current(Lost lost) {
        LOG.warn(
                "the books were restored: they have lost {} payouts, which are booked again when"
                        + " they end, and {} refusals of deposits, which are refused again",
                lost.payouts().size(),
                lost.refused().size());
        return new State.Current(lost);
    }

    private void take(List<Published> some, Lost.Found found) {
        unknown(some).forEach(each -> found.add(each.transaction(), each.size()));
        some.clear();
    }

    /** Those of these that are not in the books. */
    private List<Published> unknown(List<Published> published) {
        var known =
                published.isEmpty()
                        ? Set.<UUID>of()
                        : books.among(
                                published.stream().map(each -> each.transaction().id()).toList());
        return published.stream().filter(each -> !known.contains(each.transaction().id())).toList();
    }
}
