package digitalwallet.server.restored;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.messages.Notes;
import digitalwallet.messages.Parties;
import digitalwallet.messages.References;
import digitalwallet.messages.WalletEvent.Status;
import digitalwallet.messages.WalletEvent.Transaction;
import digitalwallet.server.restored.PublishedEvents.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which events, of the last of each partition, tell that the books are behind. */
final class ComparisonTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void books_that_have_all_are_not_behind() {
        assertThat(missing(List.of(), null)).isNull();
        assertThat(missing(List.of(), null, at(0), at(3))).isNull();
    }

    @Test
    void books_that_know_none_are_behind_and_the_last_event_says_so() {
        assertThat(missing(List.of(at(0), at(30), at(10)), null)).isEqualTo(at(30));
    }

    @Test
    void an_event_more_than_two_minutes_older_than_the_newest_known_does_not_count() {
        assertThat(missing(List.of(at(0)), null, at(121))).isNull();
        assertThat(missing(List.of(at(0), at(-5_000)), null, at(-9_000), at(121))).isNull();
    }

    @Test
    void an_event_within_two_minutes_of_the_newest_known_counts() {
        assertThat(missing(List.of(at(0)), null, at(119))).isEqualTo(at(0));
        assertThat(missing(List.of(at(1)), null, at(0))).isEqualTo(at(1));
    }

    @Test
    void what_is_confirmed_does_not_count_and_what_comes_after_it_does() {
        var gap = new Gap(NOON.minusSeconds(60), NOON.plusSeconds(10));
        assertThat(missing(List.of(at(0), at(10)), gap)).isNull();
        assertThat(missing(List.of(at(0), at(11)), gap)).isEqualTo(at(11));
    }

    private static @Nullable Published missing(
            List<Published> unknown, @Nullable Gap confirmed, Published... known) {
        var last = new ArrayList<>(unknown);
        last.addAll(List.of(known));
        return Comparison.missing(last, ids(known), confirmed);
    }

    private static Set<UUID> ids(Published... events) {
        return Arrays.stream(events)
                .map(each -> each.transaction().id())
                .collect(Collectors.toSet());
    }

    /** The event that was published so many seconds after noon. */
    private static Published at(long seconds) {
        var transaction =
                new Transaction(
                        new UUID(7, seconds),
                        "deposit",
                        Status.POSTED,
                        "10.00",
                        "USD",
                        new Parties.One("alice"),
                        "alice",
                        References.NONE,
                        Notes.NONE,
                        null,
                        Instant.EPOCH,
                        null);
        return new Published(transaction, NOON.plus(Duration.ofSeconds(seconds)), 500);
    }
}
