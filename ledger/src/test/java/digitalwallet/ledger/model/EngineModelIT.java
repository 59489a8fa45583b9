package digitalwallet.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineSettings;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.ledger.scenario.Translation;
import digitalwallet.local.postgres.PostgresVersion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * Several programs at once, each on users of its own so that its answers are certain; in the engine
 * their commands share lanes, batches and system accounts.
 */
class EngineModelIT {

    private static final int PROGRAMS = 8;
    private static final int STEPS = 250;
    private static final BigDecimal AMOUNT_MAX = new BigDecimal("1000000000.00");

    @Test
    void the_engine_agrees_with_the_model_on_postgresql_18() {
        run(PostgresVersion.V18, EngineFixture.settings(3));
    }

    @Test
    void the_engine_agrees_with_the_model_on_postgresql_15() {
        run(PostgresVersion.V15, EngineFixture.settings(2));
    }

    @Test
    void the_engine_agrees_with_the_model_without_advisory_locks() {
        run(PostgresVersion.V18, EngineFixture.settings(3).withoutAdvisoryLocks());
    }

    private static void run(PostgresVersion version, EngineSettings settings) {
        var books = EngineFixture.books(version);
        var seed = ModelRun.seed();
        var runs = new ArrayList<ModelRun>();
        try (var engine = books.engine(settings);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var programs = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < PROGRAMS; i++) {
                var run = new ModelRun(seed + i, "p" + i + ".", AMOUNT_MAX);
                runs.add(run);
                programs.add(CompletableFuture.runAsync(() -> play(run, engine), threads));
            }
            programs.forEach(CompletableFuture::join);
        }
        BooksInvariants.check(books);
        assertThat(wallets(books)).isEqualTo(expectedWallets(runs));
    }

    private static void play(ModelRun run, PostingEngine engine) {
        for (int i = 0; i < STEPS; i++) {
            var step = run.next();
            var outcome = EngineFixture.await(engine.submitAtomically(step.commands()));
            run.compare(step, Translation.answer(outcome));
        }
    }

    private static Map<String, String> expectedWallets(List<ModelRun> runs) {
        var all = new HashMap<String, String>();
        for (var run : runs) {
            run.model().wallets().forEach((name, held) -> all.put(name, held.toPlainString()));
        }
        return all;
    }

    private static Map<String, String> wallets(EngineFixture books) {
        var all = new HashMap<String, String>();
        books.balances().forEach((name, held) -> all.put(name, held.toDecimal()));
        return all;
    }
}
