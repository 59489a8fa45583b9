package digitalwallet.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.publishing.JournalTransaction;
import digitalwallet.ledger.publishing.WalletChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of a round's events. */
final class EventOrderTest {

    @Test
    void events_come_by_their_times_and_versions() {
        var transactions = new ArrayList<JournalTransaction>();
        for (int version = 1; version <= 20; version++) {
            transactions.add(Samples.deposit("alice", version, Samples.second(version / 5)));
            transactions.add(Samples.deposit("bob", version, Samples.second(version)));
        }
        transactions.add(Samples.rejected("alice", new Rejection.SameWallet(), Samples.second(2)));
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(transactions, new Random(seed));
            var events = EventOrder.of(transactions);
            assertThat(events)
                    .hasSize(41)
                    .isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
            assertThat(versions(events, "alice")).hasSize(20).isSorted();
            assertThat(versions(events, "bob")).hasSize(20).isSorted();
        }
    }

    @Test
    void versions_come_in_their_order_though_the_clock_went_back() {
        var transactions =
                List.of(
                        Samples.deposit("alice", 3, Samples.second(1)),
                        Samples.deposit("alice", 1, Samples.second(9)),
                        Samples.deposit("bob", 1, Samples.second(5)),
                        Samples.deposit("alice", 2, Samples.second(4)));
        var events = EventOrder.of(transactions);
        assertThat(versions(events, "alice")).containsExactly(1L, 2L, 3L);
        assertThat(events.getFirst().source()).isEqualTo(2);
    }

    private static List<Long> versions(List<EventOrder.Due> events, String user) {
        return events.stream()
                .filter(each -> isOf(user, each.change()))
                .map(EventOrder.Due::version)
                .toList();
    }

    private static boolean isOf(String user, @Nullable WalletChange change) {
        return change != null && change.userId().equals(user);
    }
}
