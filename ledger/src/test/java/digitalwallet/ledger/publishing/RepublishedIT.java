package digitalwallet.ledger.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Kafka may have lost is published again, and the books know that it was published before. */
final class RepublishedIT {

    private static final int DEPOSITS = 12;
    private static final long BYTES_MAX = 1_000_000;
    private static final int ALL = 20_000;
    private static final String HEIGHTS =
            "SELECT sum(height) * 1000 + count(*) FROM published_block";

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);
    private final List<UUID> posted = new ArrayList<>();
    private Instant middle = Instant.EPOCH;

    @BeforeEach
    void post_and_publish() throws SQLException {
        try (var engine = books.engine(2)) {
            for (int i = 0; i < DEPOSITS; i++) {
                if (i == DEPOSITS / 2) {
                    middle = Instant.now();
                }
                // Each waits for the one before, so that each has a block of its own.
                var deposit = EngineFixture.deposit("user-" + i, 1);
                posted.add(EngineFixture.posted(engine.submit(deposit)).transaction().id());
            }
        }
        try (var session = open()) {
            session.resume();
            assertThat(publish(session, ALL)).containsExactlyInAnyOrderElementsOf(posted);
        }
    }

    @Test
    void publishing_again_does_not_set_the_published_heights_back() throws SQLException {
        long before = books.number(HEIGHTS);
        try (var session = open()) {
            session.resumeSince(Instant.EPOCH);
            // In steps, each of which ends below what is published.
            assertThat(publish(session, 1)).containsExactlyInAnyOrderElementsOf(posted);
        }
        assertThat(books.number(HEIGHTS)).isEqualTo(before);
        try (var session = open()) {
            session.resume();
            assertThat(publish(session, ALL)).isEmpty();
        }
    }

    @Test
    void only_what_was_posted_since_then_is_published_again() throws SQLException {
        try (var session = open()) {
            session.resumeSince(middle);
            assertThat(publish(session, ALL))
                    .containsExactlyInAnyOrderElementsOf(
                            posted.subList(DEPOSITS / 2, posted.size()));
        }
        try (var session = open()) {
            session.resumeSince(Instant.now().plusSeconds(60));
            assertThat(publish(session, ALL)).isEmpty();
        }
    }

    @Test
    void what_is_posted_afterwards_is_published_behind_it() throws SQLException {
        try (var session = open()) {
            session.resumeSince(Instant.EPOCH);
            UUID later;
            try (var engine = books.engine(2)) {
                var deposit = EngineFixture.deposit("somebody", 1);
                later = EngineFixture.posted(engine.submit(deposit)).transaction().id();
            }
            assertThat(publish(session, 1)).hasSize(DEPOSITS + 1).contains(later);
        }
        try (var session = open()) {
            session.resume();
            assertThat(publish(session, ALL)).isEmpty();
        }
    }

    private EventSession open() throws SQLException {
        var session = EventSession.open(books.address(), books.fresh(), EngineFixture.DIGEST_KEY);
        EngineFixture.until(session::claim);
        return session;
    }

    /** Publishes all there is, in rounds of about so many. */
    private static List<UUID> publish(EventSession session, int transactionsMax)
            throws SQLException {
        var ids = new ArrayList<UUID>();
        Unpublished round;
        do {
            round = session.next(transactionsMax, BYTES_MAX);
            session.published(round.ends(), Instant.now());
            round.transactions().forEach(each -> ids.add(each.transaction().id()));
        } while (round.more());
        return ids;
    }
}
