package digitalwallet.server.restored;

import digitalwallet.ledger.reading.KnownTransactions;
import digitalwallet.server.restored.PublishedEvents.Published;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The books held against what was published of them. */
final class Comparison {

    /** Of memory, for what the books have lost. */
    static final long LOST_BYTES_MAX = Runtime.getRuntime().maxMemory() / 8;

    private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);
    // Between the clocks of instances, and between a commit and its publication.
    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final int IDS_MAX = 100;
    private static final int LOST_MAX = 1_000_000;

    private final KnownTransactions books;
    private final @Nullable Gap confirmed;

    /** What came of it. */
    sealed interface Verdict {

        /** The books have what was published, or it is confirmed that they lost some of it. */
        record Current(Lost lost) implements Verdict {}

        /** They lack something. */
        record Behind(String sentence) implements Verdict {}
    }

    /**
     * For these books.
     *
     * @param confirmed what an operator has confirmed to be lost, or null
     */
    Comparison(KnownTransactions books, @Nullable Gap confirmed) {
        this.books = books;
        this.confirmed = confirmed;
    }

    /**
     * Looks at the last events, and, once a gap is confirmed, at all within it.
     *
     * @throws digitalwallet.ledger.database.ReadFailedException when the database cannot be asked
     * @throws org.apache.kafka.common.KafkaException when the broker cannot be
     */
    Verdict with(PublishedEvents events) {
        var last = events.last();
        var missing = missing(last, known(last), confirmed);
        if (missing != null) {
            return new Verdict.Behind(sentence(missing));
        }
        return confirmed == null ? new Verdict.Current(Lost.NOTHING) : lost(events, confirmed);
    }

    /**
     * The last of these that the books should have and do not; null when they have all they should.
     * Once books that were restored have published again, what is older was confirmed long ago.
     *
     * @param last events, of each partition one
     * @param known the ids of those that are in the books
     * @param confirmed what may be missing, or null
     */
    static @Nullable Published missing(
            Collection<Published> last, Set<UUID> known, @Nullable Gap confirmed) {
        var old =
                last.stream()
                        .filter(each -> isIn(known, each))
                        .map(each -> each.at().minus(MARGIN))
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN);
        return last.stream()
                .filter(each -> !isIn(known, each))
                .filter(each -> each.at().isAfter(old))
                .filter(each -> confirmed == null || each.at().isAfter(confirmed.to()))
                .max(Comparator.comparing(Published::at))
                .orElse(null);
    }

    private static boolean isIn(Set<UUID> known, Published event) {
        return known.contains(event.transaction().id());
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

    private Verdict lost(PublishedEvents events, Gap gap) {
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
        return found.all().map(Comparison::confirmed).orElseGet(() -> tooMuch(gap));
    }

    private void take(List<Published> some, Lost.Found found) {
        var known = known(some);
        some.stream()
                .filter(each -> !isIn(known, each))
                .forEach(each -> found.add(each.transaction(), each.size()));
        some.clear();
    }

    private static Verdict confirmed(Lost lost) {
        LOG.warn(
                "the books were restored: they have lost {} payouts, which are booked again when"
                        + " they end, and {} refusals of deposits, which are refused again",
                lost.payouts().size(),
                lost.refused().size());
        return new Verdict.Current(lost);
    }

    private static Verdict tooMuch(Gap gap) {
        return new Verdict.Behind(
                "Of WALLET_RESTORED=%s the books have lost more than %,d payouts"
                                .formatted(gap, LOST_MAX)
                        + " and refusals, or more than fit into an eighth"
                        + " of the heap: start with a larger one (-Xmx)."
                        + " Until then this instance stands still.");
    }

    /** The ids of those of these that are in the books. */
    private Set<UUID> known(List<Published> published) {
        return published.isEmpty()
                ? Set.of()
                : books.among(published.stream().map(each -> each.transaction().id()).toList());
    }
}
