package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.reading.Horizon;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stands still does not hold the others up, and does no harm when it goes on. */
final class StoppedEngineIT {

    // Of the form with one 64-bit number: locks of accounts and keys, not claims of lanes.
    private static final String ACCOUNT_LOCKS =
            """
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())\
            """;
    private static final int LIVENESS_SECONDS = 15;
    private static final int STOPS = 6;

    @TempDir private Path folder;

    @Test
    void accounts_that_a_stopped_process_has_locked_go_on_elsewhere() {
        var postgres = LocalPostgres.shared(PostgresVersion.V18);
        var books = EngineFixture.books(postgres);
        try (var stopped = EngineProcess.start(books.address(), folder.resolve("log"));
                var engine = books.engine(2)) {
            Awaitility.await()
                    .atMost(5, TimeUnit.MINUTES)
                    .until(() -> books.number("SELECT count(*) FROM transaction") > 1_000);
            stopHoldingLocks(stopped, books);
            assertThat(books.number(ACCOUNT_LOCKS)).isPositive();

            var answers = new ArrayList<CompletableFuture<Outcome>>();
            for (int user = 0; user < Clients.USERS; user++) {
                answers.add(engine.submit(keyed(deposit("user-" + user, 1), "own-" + user)));
            }
            for (var answer : answers) {
                // The limit is the promise: a longer stand-still is a failure, not slowness.
                var outcome = answer.orTimeout(LIVENESS_SECONDS, TimeUnit.SECONDS).join();
                assertThat(outcome).isInstanceOf(Outcome.Posted.class);
            }

            long before = books.number("SELECT count(*) FROM transaction");
            stopped.goOn();
            Awaitility.await()
                    .atMost(5, TimeUnit.MINUTES)
                    .until(() -> books.number("SELECT count(*) FROM transaction") > before + 500);
            assertThat(stopped.finish()).as("its own clients' history").isZero();
            assertThat(books.number("SELECT count(*) FROM transaction WHERE initiated_by = 'shop'"))
                    .isEqualTo(Clients.USERS);
        }
        BooksInvariants.check(books);
    }

    /** Wherever its lanes stand when they are stopped, what was told of the past stays so. */
    @Test
    void what_was_over_before_a_process_was_stopped_or_meanwhile_stays_as_it_was() {
        var books = EngineFixture.books(LocalPostgres.shared(PostgresVersion.V18));
        var horizon = new Horizon(books.dataSource());
        Map<String, Long> said = new HashMap<>();
        try (var stopped = EngineProcess.start(books.address(), folder.resolve("log"))) {
            EngineFixture.until(() -> books.number("SELECT count(*) FROM transaction") > 1_000);
            for (int round = 0; round < STOPS; round++) {
                stopped.stop();
                tell(books, horizon, said);
                stopped.goOn();
                tell(books, horizon, said);
            }
            assertThat(stopped.finish()).as("its own clients' history").isZero();
        }
        assertThat(said).hasSize(2 * STOPS);
        said.forEach((sql, count) -> assertThat(books.number(sql)).as(sql).isEqualTo(count));
        BooksInvariants.check(books);
    }

    private static void tell(EngineFixture books, Horizon horizon, Map<String, Long> said) {
        var over = horizon.await(Instant.now(), Duration.ofMinutes(5)).orElseThrow();
        var sql = "SELECT count(*) FROM transaction WHERE created_at <= '" + over + "'";
        said.put(sql, books.number(sql));
    }

    /** Stops the process at a moment when the database still counts locks of its lanes. */
    private static void stopHoldingLocks(EngineProcess process, EngineFixture books) {
        for (int attempt = 0; attempt < 50; attempt++) {
            process.stop();
            if (books.number(ACCOUNT_LOCKS) > 0) {
                return;
            }
            process.goOn();
        }
        throw new IllegalStateException("the process never held a lock when it was stopped");
    }
}
