package digitalwallet.ledger.fault;

import static digitalwallet.ledger.fault.DamagedBooks.USERS;
import static digitalwallet.ledger.fault.DamagedBooks.VICTIM;
import static digitalwallet.ledger.fault.DamagedBooks.user;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static digitalwallet.ledger.lane.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineSettings;
import digitalwallet.ledger.lane.EngineUnavailableException;
import digitalwallet.ledger.lane.PostingEngine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One lane waits for the database; what another can do, another does. */
final class StuckLaneIT {

    private static final int QUEUE = 30;
    private static final int QUEUE_BYTES = 1_000_000;
    private static final int LABELS = 38_000;
    private static final int LABEL = 1_000;

    // Whoever reads the victim's account waits for as long as somebody holds this lock.
    private static final String HELD =
            """
            CREATE FUNCTION held(owner text) RETURNS boolean
            LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF owner = 'victim' THEN
                    PERFORM pg_advisory_xact_lock_shared(4711);
                END IF;
                RETURN true;
            END $$;
            ALTER TABLE account ENABLE ROW LEVEL SECURITY;
            CREATE POLICY reading ON account FOR SELECT USING (held(owner));
            CREATE POLICY writing ON account FOR INSERT WITH CHECK (true)\
            """;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void a_stuck_lane_gets_nothing_new_that_another_could_do() throws SQLException {
        var books = DamagedBooks.open();
        books.alter(HELD);
        try (var engine = engine(books, EngineFixture.settings(2));
                var holder = books.books().superuserDataSource().getConnection()) {
            hold(holder);
            var stuck = engine.submit(deposit(VICTIM, 1));
            until(() -> stuckLanes() == 1);
            for (int i = 0; i < USERS; i++) {
                posted(engine.submit(deposit(user(i), 1)));
            }
            assertThat(stuck).isNotDone();
            release(holder);
            posted(stuck);
            until(() -> stuckLanes() == 0);
        }
        BooksInvariants.check(books.books());
    }

    @Test
    void one_user_holds_a_share_of_the_queue_and_leaves_the_rest_to_others() throws SQLException {
        var books = DamagedBooks.open();
        books.alter(HELD);
        var settings = EngineFixture.settings(2).withQueueLengthMax(QUEUE);
        try (var engine = engine(books, settings);
                var holder = books.books().superuserDataSource().getConnection()) {
            hold(holder);
            var waiting = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < QUEUE / 3; i++) {
                waiting.add(engine.submit(deposit(VICTIM, 1)));
            }
            until(() -> stuckLanes() == 1);
            assertThatThrownBy(() -> engine.submit(deposit(VICTIM, 1)))
                    .isInstanceOfSatisfying(
                            EngineUnavailableException.class,
                            full ->
                                    assertThat(full.reason())
                                            .isEqualTo(EngineUnavailableException.Reason.USER));
            assertThat(registry.counter("wallet_queue_refused", "full", "user").count())
                    .isEqualTo(1);
            posted(engine.submit(deposit(user(1), 1)));

            release(holder);
            waiting.forEach(EngineFixture::posted);
            posted(engine.submit(deposit(VICTIM, 1)));
        }
        BooksInvariants.check(books.books());
    }

    /** A queue of many large commands, while nothing is posted, takes no more than its share. */
    @Test
    void the_queue_is_bounded_by_the_memory_that_it_takes() throws SQLException {
        var books = DamagedBooks.open();
        books.alter(HELD);
        var settings = EngineFixture.settings(1).withQueueBytesMax(QUEUE_BYTES);
        try (var engine = engine(books, settings);
                var holder = books.books().superuserDataSource().getConnection()) {
            hold(holder);
            var waiting = new ArrayList<CompletableFuture<Outcome>>();
            waiting.add(engine.submit(deposit(VICTIM, 1)));
            until(() -> stuckLanes() == 1);
            double before = bytes();
            assertThatThrownBy(() -> submitMany(engine, waiting))
                    .isInstanceOfSatisfying(
                            EngineUnavailableException.class,
                            full ->
                                    assertThat(full.reason())
                                            .isEqualTo(
                                                    EngineUnavailableException.Reason.EVERYBODY));
            assertThat(waiting).hasSizeBetween(5, QUEUE_BYTES / LABELS);
            assertThat(bytes()).isBetween(before + 5 * LABELS, (double) QUEUE_BYTES);
            assertThat(registry.counter("wallet_queue_refused", "full", "bytes").count())
                    .isEqualTo(1);

            release(holder);
            waiting.forEach(EngineFixture::posted);
            until(() -> bytes() == 0);
            posted(engine.submit(large(user(1))));
        }
        BooksInvariants.check(books.books());
    }

    private static void submitMany(PostingEngine engine, List<CompletableFuture<Outcome>> waiting) {
        for (int i = 0; i < USERS; i++) {
            waiting.add(engine.submit(large(user(i))));
        }
    }

    /** A deposit with nearly as much about it as a request may have. */
    private static Command large(String user) {
        var labels = new TreeMap<String, String>();
        for (int i = 0; i < LABELS / LABEL; i++) {
            labels.put("label-" + i, "x".repeat(LABEL));
        }
        return EngineFixture.deposit(user, labels);
    }

    private double bytes() {
        return registry.get("wallet_queue_bytes").gauge().value();
    }

    private static void hold(Connection holder) throws SQLException {
        try (var statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4711)");
        }
    }

    private static void release(Connection holder) throws SQLException {
        try (var statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(4711)");
        }
    }

    private PostingEngine engine(DamagedBooks books, EngineSettings settings) {
        var engine =
                PostingEngine.start(
                        settings,
                        books.books().address(),
                        InstantSource.system(),
                        _ -> {},
                        registry);
        until(() -> engine.servingLanes() == settings.lanes());
        return engine;
    }

    private double stuckLanes() {
        return registry.get("wallet_lanes_stuck").gauge().value();
    }
}
