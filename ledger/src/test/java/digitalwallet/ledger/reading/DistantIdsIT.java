package digitalwallet.ledger.reading;

import static digitalwallet.ledger.lane.EngineFixture.posted;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.reading.TransactionPage.Filter;
import digitalwallet.local.postgres.PostgresVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A search by time finds what was posted then, whatever time the ids say. */
final class DistantIdsIT {

    private static final List<Duration> MADE =
            List.of(
                    Duration.ofDays(6),
                    Duration.ofHours(2),
                    Duration.ZERO,
                    Duration.ofHours(-2),
                    Duration.ofHours(-13),
                    Duration.ofDays(-3),
                    Duration.ofDays(-90));

    private @Nullable UUID last;

    @ParameterizedTest
    @EnumSource
    void what_was_queued_days_ago_is_found_at_the_time_of_its_posting(PostgresVersion version) {
        var books = EngineFixture.books(version);
        var reader = new TransactionReader(books.dataSource());
        var begun = Instant.now().minusSeconds(60);
        List<UUID> newestFirst = new ArrayList<>();
        try (var engine = books.engine(1)) {
            for (var made : MADE) {
                var command = deposit(id(made));
                newestFirst.add(command.header().transactionId());
                posted(engine.submit(command));
            }
        }
        var since = times(begun, null);
        var now = times(begun, begun.plusSeconds(3_600));
        var before = times(null, begun);
        for (int limit : new int[] {1, 2, 3, 50}) {
            assertThat(pages(reader, Filter.ALL, limit)).isEqualTo(newestFirst);
            assertThat(pages(reader, since, limit)).isEqualTo(newestFirst);
            assertThat(pages(reader, now, limit)).isEqualTo(newestFirst);
            assertThat(pages(reader, before, limit)).isEmpty();
        }
        assertThat(books.number("SELECT count(*) FROM distant_id")).isEqualTo(5);
    }

    private static Filter times(@Nullable Instant from, @Nullable Instant to) {
        return new Filter(null, null, null, null, Set.of(), null, null, from, to);
    }

    private List<UUID> pages(TransactionReader reader, Filter filter, int limit) {
        List<UUID> all = new ArrayList<>();
        last = null;
        do {
            var page = reader.transactions(filter, last, limit);
            page.transactions().stream().map(Transaction::id).forEach(all::add);
            last = page.next();
        } while (last != null);
        return all;
    }

    private static UUID id(Duration ahead) {
        long millis = Instant.now().plus(ahead).toEpochMilli();
        return new UUID((millis << 16) | 0x7000, 0x8000000000000001L);
    }

    private static Command deposit(UUID id) {
        var initiator = new Initiator("shop", "shop", "system");
        return new Command.Deposit(
                new Command.Header(id, initiator, Details.NONE, null, null), "alice", usd(1_00));
    }
}
