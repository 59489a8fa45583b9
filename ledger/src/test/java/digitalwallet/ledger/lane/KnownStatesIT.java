package digitalwallet.ledger.lane;

import static digitalwallet.ledger.lane.EngineFixture.await;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static digitalwallet.ledger.lane.EngineFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an instance remembers of accounts, while another instance posts to them, too. */
class KnownStatesIT {

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);
    private final PostingEngine here = books.engine(1);
    private final PostingEngine elsewhere = books.engine(1);

    @AfterEach
    void the_books_are_sound() {
        here.close();
        elsewhere.close();
        BooksInvariants.check(books);
    }

    @Test
    void an_account_that_was_posted_to_is_not_loaded_again() {
        posted(here.submit(deposit("alice", 10_00)));
        posted(here.submit(deposit("alice", 10_00)));

        assertThat(hits()).isGreaterThan(0);
    }

    @Test
    void nothing_is_rejected_because_of_a_balance_that_has_changed_elsewhere() {
        posted(here.submit(deposit("alice", 10_00)));
        posted(elsewhere.submit(deposit("alice", 90_00)));

        assertThat(await(here.submit(withdraw("alice", 50_00)))).isInstanceOf(Outcome.Posted.class);
        assertThat(retries("stale")).isEqualTo(1);
        assertThat(books.balances()).containsEntry("alice/USD", usd(50_00));
    }

    @Test
    void nothing_is_posted_on_a_balance_that_has_changed_elsewhere() {
        posted(here.submit(deposit("alice", 10_00)));
        posted(elsewhere.submit(withdraw("alice", 8_00)));

        assertThat(await(here.submit(withdraw("alice", 5_00))))
                .isInstanceOf(Outcome.Rejected.class);
        assertThat(retries("23505")).isEqualTo(1);
        assertThat(books.balances()).containsEntry("alice/USD", usd(2_00));
    }

    @Test
    void nor_when_what_insists_goes_on_without_a_lock_it_did_not_get() throws SQLException {
        posted(here.submit(deposit("alice", 10_00)));
        posted(elsewhere.submit(deposit("alice", 90_00)));
        try (var holder = books.superuserDataSource().getConnection();
                var lock = holder.prepareStatement("SELECT pg_advisory_lock(?)")) {
            // Whoever opens a first wallet of a user takes the lock of its anchor.
            var anchor = AccountName.anchor("bob").id();
            lock.setLong(1, anchor.getMostSignificantBits() ^ anchor.getLeastSignificantBits());
            lock.execute();

            var both = List.of(withdraw("alice", 50_00), deposit("bob", 1));
            assertThat(await(here.submitAtomically(both))).isInstanceOf(GroupOutcome.Posted.class);
        }
        assertThat(retries("stale")).isEqualTo(1);
        assertThat(books.balances()).containsEntry("alice/USD", usd(50_00));
    }

    @Test
    void a_rejection_stands_when_the_balance_is_what_was_remembered() {
        posted(here.submit(deposit("alice", 10_00)));
        posted(here.submit(deposit("bob", 10_00)));

        assertThat(await(here.submit(transfer("alice", "bob", 11_00))))
                .isInstanceOf(Outcome.Rejected.class);
        assertThat(retries("stale")).isZero();
        assertThat(books.balances()).containsEntry("alice/USD", usd(10_00));
    }

    private double hits() {
        return books
                .registry()
                .get("cache.gets")
                .tag("cache", "account_states")
                .tag("result", "hit")
                .functionCounters()
                .stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private double retries(String sqlState) {
        return books
                .registry()
                .find("wallet_lane_retries")
                .tag("sql_state", sqlState)
                .counters()
                .stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
