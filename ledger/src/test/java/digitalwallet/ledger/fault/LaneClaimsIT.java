package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineUnavailableException;
import digitalwallet.local.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Lanes are claimed, lost, taken by others, kept alive, and given back. */
final class LaneClaimsIT {

    private static final int ROUNDS = Boolean.getBoolean("wallet.test.long") ? 100 : 10;
    private static final String CLAIMED_LANES =
            """
            SELECT count(DISTINCT objid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())\
            """;
    private static final String NOW_MICROS =
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
    private static final String CLAIMED_SINCE =
            """
            SELECT count(DISTINCT objid) FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND objsubid = 2 AND datname = current_database()
            AND extract(epoch FROM backend_start) * 1000000 > \
            """;
    private static final String END_LANE_SESSIONS =
            """
            SELECT count(pg_terminate_backend(pid)::text) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'wallet-lane'\
            """;
    private static final String SESSIONS =
            """
            SELECT sum(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'wallet-lane'\
            """;

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);

    @Test
    void two_engines_fighting_over_lanes_keep_every_journal_gapless() {
        try (var one = books.engine(2);
                var other = books.engine(2);
                var clients = Clients.start(16, one, other)) {
            for (int round = 0; round < ROUNDS; round++) {
                long before = clients.history().acknowledged();
                Awaitility.await()
                        .atMost(5, TimeUnit.MINUTES)
                        .until(() -> clients.history().acknowledged() > before + 100);
                // All four lose their claims at once and race for them again.
                long ended = books.number(NOW_MICROS);
                assertThat(books.number(END_LANE_SESSIONS)).isEqualTo(4);
                Awaitility.await()
                        .atMost(5, TimeUnit.MINUTES)
                        .until(() -> books.number(CLAIMED_SINCE + ended) == 4);
                Awaitility.await()
                        .atMost(5, TimeUnit.MINUTES)
                        .until(() -> one.servingLanes() == 2 && other.servingLanes() == 2);
            }
            clients.finishAndCheck(books.dataSource());
        }
        assertThat(books.number("SELECT count(*) FROM block WHERE transactions = 0"))
                .isGreaterThanOrEqualTo(4L * (ROUNDS + 1));
        BooksInvariants.check(books);
    }

    @Test
    void an_engine_that_is_closed_under_load_finishes_what_it_took() {
        var answers = new ArrayList<CompletableFuture<Outcome>>();
        var engine = books.engine(2);
        try (engine) {
            for (int i = 0; i < 3_000; i++) {
                answers.add(engine.submit(deposit("user-" + i % 100, 1)));
            }
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThatThrownBy(() -> engine.submit(deposit("late", 1)))
                .isInstanceOf(EngineUnavailableException.class);
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(3_000);
        Awaitility.await()
                .atMost(5, TimeUnit.MINUTES)
                .until(() -> books.number(CLAIMED_LANES) == 0);
        BooksInvariants.check(books);
    }

    @Test
    void an_idle_lane_keeps_its_session_alive() throws InterruptedException {
        try (var engine = books.engine(2)) {
            posted(engine.submit(deposit("alice", 1)));
            long sessions = books.number(SESSIONS);
            // Longer than the database lets a session of a lane be silent.
            Thread.sleep(13_000);

            assertThat(books.number(SESSIONS)).isEqualTo(sessions);
            posted(engine.submit(deposit("alice", 1)));
        }
    }
}
