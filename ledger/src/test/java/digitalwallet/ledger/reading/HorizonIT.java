package digitalwallet.ledger.reading;

import static digitalwallet.ledger.lane.EngineFixture.USD;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.database.LaneConnection;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is up to the horizon stays as it is; what is beyond it is waited for. */
final class HorizonIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String USER = "alice";
    private static final int ROUNDS = 25;
    private static final int AT_ONCE = 20;

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);

    @ParameterizedTest
    @EnumSource
    void an_answer_about_the_last_moments_is_the_answer_for_ever(PostgresVersion postgres) {
        var fixture = EngineFixture.books(postgres);
        var horizon = new Horizon(fixture.dataSource());
        var wallets = new WalletReader(fixture.dataSource());
        Map<Instant, Long> said = new HashMap<>();
        // Two instances, and their batches both ways of writing.
        try (var one = fixture.engine(2);
                var other = fixture.engine(1)) {
            posted(one.submit(deposit(USER, 1)));
            for (int round = 0; round < ROUNDS; round++) {
                var running = new ArrayList<CompletableFuture<Outcome>>();
                for (int i = 0; i < (round % 2 == 0 ? 1 : AT_ONCE); i++) {
                    running.add(one.submit(deposit(USER, 1)));
                    running.add(other.submit(deposit(USER, 1)));
                }
                var at = Instant.now();
                assertThat(horizon.await(at, LONG).orElseThrow()).isAfterOrEqualTo(at);
                said.put(at, version(wallets, at));
                running.forEach(EngineFixture::posted);
            }
        }
        assertThat(said).hasSize(ROUNDS);
        said.forEach(
                (at, version) ->
                        assertThat(version(wallets, at)).as("at " + at).isEqualTo(version));
    }

    /** The lane has begun to write and waits for somebody; what it writes is dated before. */
    @Test
    void what_is_late_is_waited_for() throws SQLException {
        var horizon = new Horizon(books.dataSource());
        var wallets = new WalletReader(books.dataSource());
        try (var engine = books.engine(1);
                var holder = books.superuserDataSource().getConnection()) {
            posted(engine.submit(deposit(USER, 1)));
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE entry IN SHARE MODE");
            var late = engine.submit(deposit(USER, 1));
            EngineFixture.until(() -> waitingWriters() == 1);
            var at = Instant.now();
            var over = horizon.await(at, Duration.ZERO).orElseThrow();
            assertThat(over).isBefore(at);

            holder.rollback();
            assertThat(horizon.await(at, LONG).orElseThrow()).isAfterOrEqualTo(at);
            long said = version(wallets, at);
            posted(late);
            assertThat(version(wallets, at)).isEqualTo(said);
        }
    }

    @Test
    void a_writer_that_stands_still_holds_the_horizon_until_it_is_ended() throws SQLException {
        var horizon = new Horizon(books.dataSource());
        try (var stopped = LaneConnection.open(books.address())) {
            stopped.createStatement().execute("BEGIN; SELECT 1");
            var begun = Instant.now();
            assertThat(horizon.await(begun.plusMillis(1), Duration.ofSeconds(1)).orElseThrow())
                    .isBefore(begun);
            // The database ends it after some seconds.
            assertThat(horizon.await(begun, LONG).orElseThrow()).isAfterOrEqualTo(begun);
        }
    }

    /** One of a stopped process, say, that goes on when its commands are no news any more. */
    @Test
    void a_batch_that_was_dated_long_before_it_begins_is_decided_again() {
        var behind = new AtomicInteger();
        InstantSource clock =
                () -> behind.getAndDecrement() > 0 ? Instant.now().minusSeconds(2) : Instant.now();
        try (var engine =
                PostingEngine.start(
                        EngineFixture.settings(1),
                        books.address(),
                        clock,
                        _ -> {},
                        books.registry())) {
            EngineFixture.until(() -> engine.servingLanes() == 1);
            for (int commands : List.of(1, AT_ONCE)) {
                var begun = Instant.now();
                behind.set(2);
                var answers = new ArrayList<CompletableFuture<Outcome>>();
                for (int i = 0; i < commands; i++) {
                    answers.add(engine.submit(deposit(USER, 1)));
                }
                for (var answer : answers) {
                    assertThat(posted(answer).transaction().createdAt())
                            .isAfter(begun.minusMillis(LaneConnection.LATE_MILLIS_MAX));
                }
            }
        }
        assertThat(books.registry().counter("wallet_lane_retries", "sql_state", "late").count())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void what_the_database_does_not_show_is_not_guessed() throws SQLException {
        try (var connection = books.superuserDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + books.database() + " SET track_activities = off");
        }
        try (var engine = books.engine(1)) {
            posted(engine.submit(deposit(USER, 1)));
            assertThat(new Horizon(books.dataSource()).await(Instant.now(), LONG)).isEmpty();
        }
    }

    /** Anybody may give their session any name, but only writers of the books are waited for. */
    @Test
    void who_cannot_write_to_the_books_does_not_hold_the_horizon() throws SQLException {
        try (var connection = books.superuserDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE horizon_guest LOGIN PASSWORD 'guest'");
            statement.execute(
                    "GRANT CONNECT ON DATABASE " + books.database() + " TO horizon_guest");
        }
        var source = books.dataSource();
        source.setUser("horizon_guest");
        source.setPassword("guest");
        source.setApplicationName(LaneConnection.APPLICATION_NAME);
        try (var guest = source.getConnection();
                var statement = guest.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("SELECT 1");
            assertThat(new Horizon(books.dataSource()).await(Instant.now(), LONG)).isPresent();
            statement.execute("ROLLBACK");
        }
    }

    private long waitingWriters() {
        return books.number(
                """
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                AND application_name = 'wallet-lane' AND wait_event = 'relation'\
                """);
    }

    private static long version(WalletReader wallets, Instant at) {
        return wallets.balance(USER, USD, at).orElseThrow().version();
    }
}
