package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineUnavailableException;
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
@Timeout(60)
final class UnforeseenIT {

    // So many that wait for one lane send the next ones to another.
    private static final int LANE_IS_BUSY = 300;

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

    /** A clock of its own for each of two lanes. */
    private static final class LaneClocks implements InstantSource {

        private final HeldClock first = new HeldClock();
        private final HeldClock second = new HeldClock();

        @Override
        public Instant instant() {
            return Thread.currentThread().getName().equals("lane-0")
                    ? first.instant()
                    : second.instant();
        }
    }

    /** A clock that keeps whoever asks it waiting. */
    private static final class HeldClock implements InstantSource {

        private boolean holding;
        private int waiting;
        private int passes;
        private int failures;

        @Override
        public synchronized Instant instant() {
            waiting++;
            while (holding && passes == 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            waiting--;
            if (passes > 0) {
                passes--;
            } else if (failures > 0 && failures-- % 2 == 0) {
                throw new StackOverflowError("for the test");
            }
            return Instant.now();
        }

        synchronized void hold() {
            holding = true;
        }

        synchronized void goOn() {
            holding = false;
            notifyAll();
        }

        synchronized void goOnOnce() {
            passes = 1;
            notifyAll();
        }

        /** Whoever waits goes on; then so many batches fail, and no session that is opened. */
        synchronized void failBatches(int times) {
            passes = 1;
            failures = 2 * times;
            goOn();
        }

        private synchronized boolean isHeld() {
            return waiting > 0 && passes == 0;
        }

        void untilHeld() {
            EngineFixture.until(this::isHeld);
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

    /** Whatever becomes of the lane that handed it over, only the other one answers it. */
    @Test
    void a_command_that_was_handed_over_is_its_new_lanes_alone() {
        var clock = new LaneClocks();
        try (var engine =
                PostingEngine.start(
                        EngineFixture.settings(2),
                        books.address(),
                        clock,
                        _ -> {},
                        books.registry())) {
            EngineFixture.until(() -> engine.servingLanes() == 2);
            posted(engine.submit(deposit("bob", 5)));
            clock.first.hold();
            var answers = new ArrayList<CompletableFuture<Outcome>>();
            answers.add(engine.submit(deposit("early", 1)));
            clock.first.untilHeld();
            // What waits for the first lane: the merchant, and so much that others go to the
            // second.
            answers.add(engine.submit(deposit("merchant", 1)));
            for (int i = 1; i < LANE_IS_BUSY; i++) {
                answers.add(engine.submit(deposit("user-" + i, 1)));
            }
            clock.second.hold();
            answers.add(engine.submit(deposit("late", 1)));
            clock.second.untilHeld();
            var handedOver = engine.submit(transfer("bob", "merchant", 2));
            var beside = engine.submit(deposit("zoe", 1));
            clock.first.goOnOnce();
            clock.first.untilHeld();

            clock.second.failBatches(3);
            assertThatThrownBy(() -> EngineFixture.await(beside))
                    .hasCauseInstanceOf(EngineUnavailableException.class);
            assertThat(books.registry().counter("wallet_lane_hand_overs").count()).isPositive();
            assertThat(handedOver).isNotDone();
            clock.first.goOn();
            posted(handedOver);
            answers.forEach(EngineFixture::posted);
        }
        assertThat(books.balances().get("bob/USD")).isEqualTo(usd(3));
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
                EngineFixture.settings(1), books.address(), clock, _ -> {}, books.registry());
    }
}
