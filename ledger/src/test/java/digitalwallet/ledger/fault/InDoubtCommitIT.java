package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.await;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.keyed;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.fault.CuttingProxy.Cut;
import digitalwallet.ledger.fault.CuttingProxy.Written;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A COMMIT whose answer is lost, with the batch in the books or not: its callers get the truth. */
final class InDoubtCommitIT {

    private static final int LARGE = 300;

    @ParameterizedTest
    @CsvSource({
        "V18, COMMIT_LOST", "V18, ANSWER_LOST", "V18, COMMIT_LATE", "V18, BATCH_LATE",
        "V15, COMMIT_LOST", "V15, ANSWER_LOST", "V15, COMMIT_LATE", "V15, BATCH_LATE"
    })
    void a_lone_command_is_done_once_and_its_caller_is_told(PostgresVersion version, Cut cut) {
        var postgres = LocalPostgres.shared(version);
        var books = EngineFixture.books(postgres);
        try (var proxy = CuttingProxy.before(postgres);
                var engine = engineBehind(proxy, books, 1)) {
            await(engine.submit(deposit("alice", 10_00)));
            proxy.cutNext(cut, Written.INSERTED);

            var command = keyed(deposit("alice", 1_00), "in doubt");
            var told = posted(engine.submit(command));
            var repeated = posted(engine.submit(keyed(deposit("alice", 1_00), "in doubt")));

            assertThat(proxy.cuts()).isEqualTo(1);
            assertThat(inDoubt(books)).isEqualTo(1);
            assertThat(told.transaction().id()).isEqualTo(command.id());
            assertThat(told.replayed()).isFalse();
            assertThat(repeated.replayed()).isTrue();
            assertThat(repeated.transaction()).isEqualTo(told.transaction());
            assertThat(repeated.balance()).isEqualTo(told.balance());
            assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(2);
            BooksInvariants.check(books);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V18, COMMIT_LOST", "V18, ANSWER_LOST", "V18, COMMIT_LATE",
        "V15, COMMIT_LOST", "V15, ANSWER_LOST", "V15, COMMIT_LATE"
    })
    void a_large_batch_is_done_once_and_every_caller_is_told(PostgresVersion version, Cut cut) {
        var postgres = LocalPostgres.shared(version);
        var books = EngineFixture.books(postgres);
        try (var proxy = CuttingProxy.before(postgres);
                var engine = engineBehind(proxy, books, 1)) {
            await(engine.submit(deposit("alice", 1_000_00)));
            proxy.cutNext(cut, Written.COPIED);

            var commands = manyCommands();
            var told = submitAll(engine, commands);
            var repeated = submitAll(engine, commands);

            assertThat(proxy.cuts()).isEqualTo(1);
            assertThat(inDoubt(books)).isEqualTo(1);
            for (int i = 0; i < LARGE; i++) {
                assertThat(told.get(i).transaction().id()).isEqualTo(commands.get(i).id());
                assertThat(told.get(i).replayed()).isFalse();
                assertThat(repeated.get(i).replayed()).isTrue();
                assertThat(repeated.get(i).balance()).isEqualTo(told.get(i).balance());
            }
            assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(LARGE + 1L);
            BooksInvariants.check(books);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V18, COMMIT_LOST, INSERTED",
        "V18, ANSWER_LOST, INSERTED",
        "V18, COMMIT_LATE, INSERTED",
        "V18, BATCH_LATE, INSERTED",
        "V18, COMMIT_LOST, COPIED",
        "V18, ANSWER_LOST, COPIED",
        "V18, COMMIT_LATE, COPIED",
        "V15, COMMIT_LOST, INSERTED",
        "V15, ANSWER_LOST, COPIED"
    })
    void another_instance_may_take_the_lane_meanwhile(
            PostgresVersion version, Cut cut, Written written) {
        var postgres = LocalPostgres.shared(version);
        var books = EngineFixture.books(postgres);
        try (var proxy = CuttingProxy.before(postgres).lateBy(Duration.ofSeconds(2));
                var engine = engineBehind(proxy, books, 1)) {
            await(engine.submit(deposit("alice", 1_000_00)));
            proxy.refuseAfterNextCut();
            proxy.cutNext(cut, written);
            var commands =
                    written == Written.COPIED
                            ? manyCommands()
                            : List.of(keyed(deposit("bob", 1), "b"));
            var answers = commands.stream().map(engine::submit).toList();
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> proxy.cuts() == 1);

            try (var other = books.engine(2)) {
                await(other.submit(deposit("carol", 1_00)));
                // A session that has not ended yet still has the claim.
                boolean isClaimed = cut == Cut.COMMIT_LATE || cut == Cut.BATCH_LATE;
                assertThat(books.number("SELECT max(lane) FROM block"))
                        .isEqualTo(isClaimed ? 3 : 2);
                Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> proxy.refusals() > 0);
                proxy.accepting();
                assertEachOnceAndTrue(books, other, commands, answers);
            }
            assertThat(books.number("SELECT count(*) FROM transaction"))
                    .isEqualTo(commands.size() + 2L);
            BooksInvariants.check(books);
        }
    }

    /** Each caller was told the truth, or that nobody knows; then the key tells it. */
    private static void assertEachOnceAndTrue(
            EngineFixture books,
            PostingEngine other,
            List<Command> commands,
            List<CompletableFuture<Outcome>> answers) {
        for (int i = 0; i < commands.size(); i++) {
            var told =
                    answers.get(i)
                            .handle((outcome, _) -> outcome)
                            .orTimeout(5, TimeUnit.MINUTES)
                            .join();
            var truth = posted(other.submit(commands.get(i)));
            if (told != null) {
                assertThat(truth.replayed()).isTrue();
                assertThat(((Outcome.Posted) told).transaction()).isEqualTo(truth.transaction());
                assertThat(((Outcome.Posted) told).balance()).isEqualTo(truth.balance());
            }
        }
        assertThat(inDoubt(books)).isEqualTo(1);
    }

    private static PostingEngine engineBehind(CuttingProxy proxy, EngineFixture books, int lanes) {
        return books.engine(
                EngineFixture.settings(lanes), books.address(proxy.jdbcUrl(books.database())));
    }

    private static List<Command> manyCommands() {
        var commands = new ArrayList<Command>();
        for (int i = 0; i < LARGE; i++) {
            var command =
                    i % 2 == 0
                            ? deposit("user-" + i % 10, 1_00 + i)
                            : transfer("alice", "user-" + (i - 1) % 10, 1 + i);
            commands.add(keyed(command, "many-" + i));
        }
        return commands;
    }

    private static List<Outcome.Posted> submitAll(PostingEngine engine, List<Command> commands) {
        var answers = commands.stream().map(engine::submit).toList();
        return answers.stream().map(EngineFixture::posted).toList();
    }

    private static double inDoubt(EngineFixture books) {
        return books.registry().counter("wallet_lane_in_doubt").count();
    }
}
