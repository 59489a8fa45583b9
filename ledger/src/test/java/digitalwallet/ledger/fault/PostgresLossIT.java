package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineUnavailableException;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL goes away and comes back; the engine is never restarted. */
final class PostgresLossIT {

    private static final int ROUNDS = Boolean.getBoolean("wallet.test.long") ? 30 : 2;

    private LocalPostgres postgres = LocalPostgres.shared(PostgresVersion.V18);

    @AfterEach
    void end() {
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource
    void killed_under_load_it_loses_and_doubles_nothing(PostgresVersion version) {
        postgres = LocalPostgres.temporary(version, Map.of());
        var books = EngineFixture.books(postgres);
        try (var one = books.engine(2);
                var other = books.engine(1);
                var clients = Clients.start(16, one, other)) {
            for (int round = 0; round < ROUNDS; round++) {
                long before = clients.history().acknowledged();
                Awaitility.await()
                        .atMost(5, TimeUnit.MINUTES)
                        .until(() -> clients.history().acknowledged() > before + 200);
                long faults = clients.history().faults();
                postgres.kill();
                Awaitility.await()
                        .atMost(5, TimeUnit.MINUTES)
                        .until(() -> clients.history().faults() > faults);
                assertThat(postgres.isRunning()).isFalse();
                postgres.restart();
            }
            long before = clients.history().acknowledged();
            Awaitility.await()
                    .atMost(5, TimeUnit.MINUTES)
                    .until(() -> clients.history().acknowledged() > before + 200);
            clients.finishAndCheck(books.dataSource());
        }
        BooksInvariants.check(books);
    }

    @Test
    void while_it_is_stopped_callers_are_refused_at_once() {
        postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
        var books = EngineFixture.books(postgres);
        try (var engine = books.engine(2)) {
            posted(engine.submit(deposit("alice", 1_00)));
            postgres.stop();
            assertThatThrownBy(() -> engine.submit(deposit("alice", 1)).join())
                    .isInstanceOfAny(EngineUnavailableException.class, CompletionException.class)
                    .satisfies(PostgresLossIT::isUnavailable);
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> engine.servingLanes() == 0);
            assertThatThrownBy(() -> engine.submit(deposit("alice", 1)))
                    .isInstanceOf(EngineUnavailableException.class);
            sleepSeconds(5);
            postgres.restart();
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> engine.servingLanes() == 2);

            assertThat(posted(engine.submit(deposit("alice", 1_00))).balance()).isNotNull();
        }
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(2);
        BooksInvariants.check(books);
    }

    @Test
    void an_engine_that_starts_before_it_serves_as_soon_as_it_is_there() {
        postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
        var books = EngineFixture.books(postgres);
        postgres.stop();
        try (var engine =
                PostingEngine.start(
                        EngineFixture.settings(2),
                        books.address(),
                        InstantSource.system(),
                        _ -> {},
                        new SimpleMeterRegistry())) {
            assertThatThrownBy(() -> engine.submit(deposit("alice", 1)))
                    .isInstanceOf(EngineUnavailableException.class);
            postgres.restart();
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> engine.servingLanes() == 2);

            posted(engine.submit(deposit("alice", 1_00)));
        }
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(1);
    }

    private static void isUnavailable(Throwable fault) {
        assertThat(fault instanceof CompletionException ? fault.getCause() : fault)
                .isInstanceOf(EngineUnavailableException.class);
    }

    private static void sleepSeconds(int seconds) {
        try {
            Thread.sleep(1_000L * seconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
