package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.postgres.PostgresVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nobody foresees costs a lane its session, and never the lane itself or a command. */
@Timeout(120)
final class UnforeseenIT {

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);

    /** A clock that throws an error when it is asked this often, counted from 1. */
    private record BrokenClock(AtomicInteger asked, int from, int to) implements InstantSource {

        BrokenClock(int from, int to) {
            this(new AtomicInteger(), from, to);
        }

        @Override
        public Instant instant() {
            int count = asked.incrementAndGet();
            if (count >= from && count <= to) {
                throw new StackOverflowError("for the test");
            }
            return Instant.now();
        }
    }

    @Test
    void a_lane_outlives_what_fails_while_it_connects() {
        var clock = new BrokenClock(1, 3);
        try (var engine = engine(clock)) {
            EngineFixture.until(() -> engine.servingLanes() == 1);

            posted(engine.submit(deposit("alice", 1)));
        }
        assertThat(clock.asked().get()).isGreaterThan(4);
    }

    @Test
    void an_error_while_commands_are_decided_loses_and_doubles_none() {
        try (var engine = engine(new BrokenClock(2, 3))) {
            EngineFixture.until(() -> engine.servingLanes() == 1);
            var answers = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < 10; i++) {
                answers.add(engine.submit(deposit("alice", 1)));
            }
            long version = 0;
            for (var answer : answers) {
                var balance = Objects.requireNonNull(posted(answer).balance());
                assertThat(balance.version()).isGreaterThan(version);
                version = balance.version();
            }
        }
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(10);
        BooksInvariants.check(books);
    }

    /** What a migration does to the sessions of instances that run meanwhile. */
    @Test
    void a_column_that_changes_its_type_costs_no_command() throws Exception {
        try (var engine = books.engine(1)) {
            for (int i = 0; i < 5; i++) {
                posted(engine.submit(deposit("user-" + i, 1)));
            }
            try (var connection = books.superuserDataSource().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("ALTER TABLE account ALTER COLUMN owner TYPE varchar(300)");
            }

            posted(engine.submit(deposit("somebody-new", 1)));
        }
        BooksInvariants.check(books);
    }

    private PostingEngine engine(InstantSource clock) {
        return PostingEngine.start(
                EngineFixture.settings(1), books.address(), clock, books.registry());
    }
}
