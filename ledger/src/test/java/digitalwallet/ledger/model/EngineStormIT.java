package digitalwallet.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.TwoEngines;
import digitalwallet.ledger.lane.TwoEngines.Guard;
import digitalwallet.local.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random programs of all verbs, all on the same few users, keys and bank transactions, through two
 * engines at once. What each is answered is anybody's guess; that the books agree with it is not.
 */
class EngineStormIT {

    private static final int PROGRAMS = 24;
    private static final int STEPS = 150;
    private static final long AMOUNT_MAX = 100_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "V18, LOCKS_AND_VERSIONS",
        "V18, VERSIONS_ALONE",
        "V15, LOCKS_AND_VERSIONS",
        "V15, VERSIONS_ALONE"
    })
    void every_answer_is_in_the_books_once(PostgresVersion version, Guard guard) {
        long seed = ModelRun.seed();
        var answers = new ConcurrentLinkedQueue<Answered>();
        try (var engines = TwoEngines.on(version, guard)) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var programs = new ArrayList<CompletableFuture<Void>>();
                for (int i = 0; i < PROGRAMS; i++) {
                    int number = i;
                    var program = new RandomProgram(seed + i, "", AMOUNT_MAX);
                    programs.add(
                            CompletableFuture.runAsync(
                                    () -> play(program, engines, number, answers), threads));
                }
                programs.forEach(CompletableFuture::join);
            }
            assertThat(answers).as("seed %d", seed).hasSize(PROGRAMS * STEPS);
            compare(engines.books(), List.copyOf(answers), seed);
        }
    }

    /** A step, and what came of it. */
    private record Answered(Step step, GroupOutcome outcome) {}

    private static void play(
            RandomProgram program,
            TwoEngines engines,
            int number,
            ConcurrentLinkedQueue<Answered> answers) {
        for (int i = 0; i < STEPS; i++) {
            var step = program.next();
            var submitted = engines.engine(number + i).submitAtomically(step.commands());
            answers.add(new Answered(step, EngineFixture.await(submitted)));
        }
    }

    private static void compare(EngineFixture books, List<Answered> answers, long seed) {
        var posted = new HashSet<UUID>();
        var rejected = new HashSet<UUID>();
        var firstAnswers = new HashSet<UUID>();
        for (var answered : answers) {
            for (var outcome : outcomes(answered.outcome())) {
                if (outcome instanceof Outcome.Recorded recorded) {
                    var id = recorded.transaction().id();
                    (recorded.transaction().isPosted() ? posted : rejected).add(id);
                    once(firstAnswers, id, recorded.replayed());
                }
            }
        }
        assertThat(books.ids("SELECT id FROM transaction WHERE rejection_code IS NULL"))
                .as("posted transactions, seed %d", seed)
                .isEqualTo(posted);
        assertThat(books.ids("SELECT id FROM transaction WHERE rejection_code IS NOT NULL"))
                .as("rejected transactions, seed %d", seed)
                .isEqualTo(rejected);
        assertThat(books.number("SELECT count(*) FROM block WHERE transactions > 1"))
                .as("batches of several commands")
                .isPositive();
    }

    private static List<? extends Outcome> outcomes(GroupOutcome group) {
        return switch (group) {
            case GroupOutcome.Posted(var outcomes) -> outcomes;
            case GroupOutcome.Failed(_, var because) -> List.of(because);
        };
    }

    /** Every other answer about the same transaction is a replay. */
    private static void once(Set<UUID> firstAnswers, UUID id, boolean replayed) {
        assertThat(replayed || firstAnswers.add(id)).as("%s was done twice", id).isTrue();
    }
}
