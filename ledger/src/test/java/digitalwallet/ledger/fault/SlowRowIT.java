package digitalwallet.ledger.fault;

import static digitalwallet.ledger.fault.DamagedBooks.VICTIM;
import static digitalwallet.ledger.fault.DamagedBooks.user;
import static digitalwallet.ledger.lane.EngineFixture.awaitRefusal;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static digitalwallet.ledger.lane.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.fault.DamagedBooks.Damage;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A row that cannot be read in time, however often it is tried: each try keeps its lane for
 * seconds, so there are few.
 */
final class SlowRowIT {

    private static final int GOOD = 400;

    @Test
    void a_command_that_never_loads_in_time_fails_alone_after_a_few_tries() throws SQLException {
        var books = DamagedBooks.slow();
        try (var engine = books.books().engine(1)) {
            assertTimedOut(engine.submit(deposit(VICTIM, 1)));
            assertThat(timeOuts(books)).isEqualTo(3);
            posted(engine.submit(deposit("user-1", 1)));
        }
        books.repairAndCheck(Damage.DAMAGED_PAGE, 1);
    }

    @Test
    void its_neighbours_in_a_batch_are_posted_after_as_few_tries() throws SQLException {
        var books = DamagedBooks.slow();
        try (var engine = books.books().engine(1)) {
            var good = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < GOOD / 2; i++) {
                good.add(engine.submit(deposit(user(i), 1)));
            }
            var bad = engine.submit(deposit(VICTIM, 1));
            for (int i = 0; i < GOOD / 2; i++) {
                good.add(engine.submit(deposit(user(i), 1)));
            }
            assertTimedOut(bad);
            good.forEach(EngineFixture::posted);
            assertThat(timeOuts(books)).isLessThanOrEqualTo(3);
        }
        books.repairAndCheck(Damage.DAMAGED_PAGE, GOOD);
    }

    @Test
    void a_queued_one_is_refused_and_the_others_of_its_partition_are_posted() throws SQLException {
        var books = DamagedBooks.slow();
        try (var engine = books.books().engine(2)) {
            var feed = engine.open(EngineFixture.newId(), 0, EngineFixture.at(0), _ -> {});
            for (int offset = 0; offset < GOOD; offset++) {
                var user = offset == GOOD / 2 ? VICTIM : user(offset);
                assertThat(feed.offer(offset, List.of(List.of(deposit(user, 1))))).isTrue();
            }
            var refusal = awaitRefusal(feed);
            assertThat(refusal.offset()).isEqualTo(GOOD / 2L);
            feed.abandon(GOOD / 2);
            until(() -> feed.position() == GOOD);
        }
        books.repairAndCheck(Damage.DAMAGED_PAGE, GOOD - 1);
    }

    /** It is not in the books and will not be: that is what its caller is told. */
    private static void assertTimedOut(CompletableFuture<Outcome> answer) {
        assertThatThrownBy(() -> EngineFixture.await(answer))
                .cause()
                .isInstanceOfSatisfying(
                        EngineUnavailableException.class,
                        fault ->
                                assertThat(fault.reason())
                                        .isEqualTo(EngineUnavailableException.Reason.COMMAND));
    }

    private static double timeOuts(DamagedBooks books) {
        return books.books()
                .registry()
                .counter("wallet_lane_retries", "sql_state", "57014")
                .count();
    }
}
