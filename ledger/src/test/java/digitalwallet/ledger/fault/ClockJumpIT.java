package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.postgres.PostgresVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A clock that jumps, back and forth: no account's time ever runs back. */
final class ClockJumpIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    @ParameterizedTest
    @EnumSource
    void time_never_runs_back_on_an_account(PostgresVersion version) {
        var books = EngineFixture.books(version);
        var clock = new AtomicReference<>(NOON);
        try (var engine =
                PostingEngine.start(
                        EngineFixture.settings(2).withoutGuardedDates(),
                        books.address(),
                        clock::get,
                        _ -> {},
                        new SimpleMeterRegistry())) {
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> engine.servingLanes() == 2);
            posted(engine.submit(deposit("alice", 100_00)));
            posted(engine.submit(deposit("bob", 100_00)));
            var jumps =
                    List.of(
                            Duration.ofHours(-3),
                            Duration.ofDays(40),
                            Duration.ofDays(-400),
                            Duration.ofNanos(-1_000),
                            Duration.ofSeconds(1));
            for (var jump : jumps) {
                clock.set(NOON.plus(jump));
                posted(engine.submit(transfer("alice", "bob", 1_00)));
                posted(engine.submit(deposit("bob", 1_00)));
            }
        }
        assertThat(
                        books.number(
                                "SELECT count(DISTINCT created_at) FROM transaction"
                                        + " WHERE created_at < '2026-03-01T12:00:00.123456Z'"))
                .as("transactions keep the time they were decided at")
                .isEqualTo(3);
        assertThat(
                        books.number(
                                "SELECT count(*) FROM entry e JOIN transaction t"
                                        + " ON t.id = e.transaction_id"
                                        + " WHERE e.created_at > t.created_at"))
                .as("entries that were held at their account's latest time")
                .isPositive();
        BooksInvariants.check(books);
    }
}
