package digitalwallet.ledger.fault;

import static digitalwallet.ledger.fault.DamagedBooks.VICTIM;
import static digitalwallet.ledger.fault.DamagedBooks.user;
import static digitalwallet.ledger.lane.EngineFixture.awaitRefusal;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.fault.DamagedBooks.Damage;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.Feed;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A row that everybody needs is damaged: no message is to blame, so none is given up. */
final class StalledFeedIT {

    private static final UUID TOPIC = EngineFixture.newId();
    private static final int MESSAGES = 40;
    private static final String LANES =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name = 'wallet-lane'";
    private static final String SYSTEM_ROWS =
            "UPDATE entry SET status = %d WHERE account_id IN"
                    + " (SELECT id FROM account WHERE owner = '')";

    @Test
    void a_feed_whose_messages_all_fail_stalls_and_goes_on_once_they_can_be_posted()
            throws SQLException {
        var books = DamagedBooks.open();
        // Then the next engine gets the same lane, and with it the same rows.
        until(() -> books.books().number(LANES) == 0);
        books.alter(SYSTEM_ROWS.formatted(99));
        try (var engine = books.books().engine(1)) {
            var feed = engine.open(TOPIC, 0, EngineFixture.at(0), _ -> {});
            offerAll(feed);
            until(feed::isStalled);
            assertThat(feed.isBroken()).isTrue();
            assertThat(feed.nextRefusal()).isNull();

            var still = engine.openStalled(TOPIC, 0, EngineFixture.at(0), _ -> {});
            assertThat(still.offer(0, one(user(0)))).isTrue();
            until(still::isHolding);
            assertThat(still.nextRefusal()).isNull();
            still.close();

            books.alter(SYSTEM_ROWS.formatted(1));
            var repaired = engine.openStalled(TOPIC, 0, EngineFixture.at(0), _ -> {});
            offerAll(repaired);
            until(() -> repaired.position() == MESSAGES);
            assertThat(repaired.nextRefusal()).isNull();
        }
        assertThat(books.books().number("SELECT count(*) FROM transaction"))
                .isEqualTo(1L + DamagedBooks.USERS + MESSAGES);
        BooksInvariants.check(books.books());
    }

    @Test
    void a_message_that_fails_first_is_to_blame_as_soon_as_another_is_posted() throws SQLException {
        var books = DamagedBooks.by(Damage.UNKNOWN_STATUS);
        try (var engine = books.books().engine(1)) {
            var feed = engine.openStalled(TOPIC, 0, EngineFixture.at(0), _ -> {});
            assertThat(feed.offer(0, one(VICTIM))).isTrue();
            until(feed::isHolding);
            assertThat(feed.nextRefusal()).isNull();

            assertThat(feed.offer(1, one(user(1)))).isTrue();
            assertThat(awaitRefusal(feed).offset()).isZero();
            feed.abandon(0);
            until(() -> feed.position() == 2);
            assertThat(feed.isProven()).isTrue();
        }
        books.repairAndCheck(Damage.UNKNOWN_STATUS, 1);
    }

    @Test
    void one_users_damaged_wallet_stalls_nobody_however_much_is_sent_to_it() throws SQLException {
        var books = DamagedBooks.by(Damage.UNKNOWN_STATUS);
        try (var engine = books.books().engine(1)) {
            var feed = engine.open(TOPIC, 0, EngineFixture.at(0), _ -> {});
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(feed.offer(i, one(VICTIM))).isTrue();
            }
            assertThat(feed.offer(MESSAGES, one(user(1)))).isTrue();
            for (int i = 0; i < MESSAGES; i++) {
                feed.abandon(awaitRefusal(feed).offset());
            }
            until(() -> feed.position() == MESSAGES + 1);
            assertThat(feed.isStalled()).isFalse();
        }
        books.repairAndCheck(Damage.UNKNOWN_STATUS, 1);
    }

    @Test
    void a_message_with_one_id_twice_is_refused_and_blocks_nobody() throws SQLException {
        var books = DamagedBooks.open();
        var twice = deposit(VICTIM, 5);
        try (var engine = books.books().engine(1)) {
            var feed = engine.open(TOPIC, 0, EngineFixture.at(0), _ -> {});
            assertThat(feed.offer(0, List.of(List.of(twice, twice)))).isTrue();
            assertThat(feed.offer(1, one(user(1)))).isTrue();
            var refusal = awaitRefusal(feed);
            assertThat(refusal.offset()).isZero();
            assertThat(refusal.reason()).isEqualTo(Feed.Refusal.Reason.ID_TAKEN);

            feed.abandon(0);
            until(() -> feed.position() == 2);
        }
        books.repairAndCheck(Damage.UNKNOWN_STATUS, 1);
    }

    private static void offerAll(Feed feed) {
        for (int i = 0; i < MESSAGES; i++) {
            // Not all of them, when the first ones have failed already.
            if (!feed.offer(i, one(user(i)))) {
                return;
            }
        }
    }

    private static List<List<Command>> one(String user) {
        return List.of(List.of(deposit(user, 1)));
    }
}
