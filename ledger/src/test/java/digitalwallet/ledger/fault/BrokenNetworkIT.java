package digitalwallet.ledger.fault;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.fault.CuttingProxy.Cut;
import digitalwallet.ledger.fault.CuttingProxy.Plan;
import digitalwallet.ledger.fault.CuttingProxy.Written;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A network that cuts, delays, swallows and half-closes under load: history and books agree. */
final class BrokenNetworkIT {

    private static final int CUTS = Boolean.getBoolean("wallet.test.long") ? 300 : 15;
    private static final List<Plan> PLANS =
            List.of(
                    new Plan(Cut.COMMIT_LOST, Written.INSERTED),
                    new Plan(Cut.ANSWER_LOST, Written.INSERTED),
                    new Plan(Cut.COMMIT_LATE, Written.INSERTED),
                    new Plan(Cut.BATCH_LATE, Written.INSERTED),
                    new Plan(Cut.COMMIT_LOST, Written.COPIED),
                    new Plan(Cut.ANSWER_LOST, Written.COPIED),
                    new Plan(Cut.COMMIT_LATE, Written.COPIED));
    private static final long SEED = Long.getLong("wallet.test.seed", 1);

    // A lane commits an empty block when it is claimed.
    private static final String CLAIMS = "SELECT count(*) FROM block WHERE transactions = 0";

    private final LocalPostgres postgres = LocalPostgres.shared(PostgresVersion.V18);
    private final EngineFixture books = EngineFixture.books(postgres);

    @Test
    void cuts_in_commit_of_every_kind_lose_and_double_nothing() {
        var random = new Random(SEED);
        try (var proxy = CuttingProxy.before(postgres);
                var behind = behind(proxy);
                var direct = books.engine(1);
                var clients = Clients.start(24, behind, direct)) {
            for (int i = 1; i <= CUTS; i++) {
                var plan = PLANS.get(random.nextInt(PLANS.size()));
                proxy.cutNext(plan.cut(), plan.written());
                int expected = i;
                Awaitility.await("cut %d with the seed %d".formatted(i, SEED))
                        .atMost(5, TimeUnit.MINUTES)
                        .until(() -> proxy.cuts() >= expected);
            }
            settle(clients);

            assertThat(books.registry().counter("wallet_lane_in_doubt").count())
                    .isGreaterThanOrEqualTo(CUTS);
        }
        BooksInvariants.check(books);
    }

    @Test
    void what_is_swallowed_ends_in_a_time_out_and_is_settled() {
        try (var proxy = CuttingProxy.before(postgres);
                var behind = behind(proxy);
                var direct = books.engine(1);
                var clients = Clients.start(8, behind, direct)) {
            Awaitility.await()
                    .atMost(5, TimeUnit.MINUTES)
                    .until(() -> clients.history().acknowledged() > 100);
            proxy.swallow();
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> proxy.swallowed() > 0);
            // Longer than a lane waits for an answer.
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> behind.servingLanes() == 0);
            proxy.passAgain();
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> behind.servingLanes() == 2);
            settle(clients);
        }
        BooksInvariants.check(books);
    }

    @Test
    void half_closed_and_slow_connections_lose_and_double_nothing() {
        try (var proxy = CuttingProxy.before(postgres);
                var behind = behind(proxy);
                var clients = Clients.start(8, behind)) {
            proxy.delay(Duration.ofMillis(5), Duration.ofMillis(5));
            for (int round = 0; round < 5; round++) {
                long before = clients.history().acknowledged();
                Awaitility.await()
                        .atMost(5, TimeUnit.MINUTES)
                        .until(() -> clients.history().acknowledged() > before + 50);
                long claims = books.number(CLAIMS);
                proxy.halfClose();
                Awaitility.await()
                        .atMost(5, TimeUnit.MINUTES)
                        .until(() -> books.number(CLAIMS) == claims + 2);
            }
            settle(clients);
        }
        BooksInvariants.check(books);
    }

    private PostingEngine behind(CuttingProxy proxy) {
        return books.engine(
                EngineFixture.settings(2), books.address(proxy.jdbcUrl(books.database())));
    }

    private void settle(Clients clients) {
        long before = clients.history().acknowledged();
        Awaitility.await()
                .atMost(5, TimeUnit.MINUTES)
                .until(() -> clients.history().acknowledged() > before + 100);
        clients.finishAndCheck(books.dataSource());
    }
}
