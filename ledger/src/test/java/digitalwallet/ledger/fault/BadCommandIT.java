package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.keyed;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineUnavailableException;
import digitalwallet.local.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One command the database will not have fails alone, wherever it stands in a batch. */
final class BadCommandIT {

    private static final int GOOD = 500;

    @ParameterizedTest
    @EnumSource
    void only_the_caller_of_the_bad_command_gets_the_fault(PostgresVersion version) {
        var books = EngineFixture.books(version);
        try (var engine = books.engine(1)) {
            var good = new ArrayList<CompletableFuture<Outcome>>();
            var bad = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < GOOD; i++) {
                good.add(engine.submit(keyed(deposit("user-" + i % 50, 1), "good-" + i)));
                if (i == 100) {
                    // The books have a rule that only system accounts have no owner.
                    bad.add(engine.submit(deposit("", 1)));
                }
                if (i == 300) {
                    bad.add(engine.submit(withAnInitiator("nul-\u0000-character")));
                }
            }
            bad.forEach(BadCommandIT::assertFailed);
            good.forEach(EngineFixture::posted);
            posted(engine.submit(deposit("user-1", 1)));
        }
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(GOOD + 1L);
        BooksInvariants.check(books);
    }

    @ParameterizedTest
    @EnumSource
    void a_group_with_a_bad_command_fails_as_a_whole_and_alone(PostgresVersion version) {
        var books = EngineFixture.books(version);
        try (var engine = books.engine(1)) {
            var good = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < GOOD; i++) {
                good.add(engine.submit(deposit("user-" + i % 50, 1)));
            }
            var group =
                    engine.submitAtomically(
                            List.of(deposit("alice", 1), deposit("", 1), deposit("bob", 1)));
            for (int i = 0; i < GOOD; i++) {
                good.add(engine.submit(deposit("user-" + i % 50, 1)));
            }
            assertFailed(group);
            good.forEach(EngineFixture::posted);
        }
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(2L * GOOD);
        assertThat(books.number("SELECT count(*) FROM account WHERE owner IN ('alice', 'bob')"))
                .isZero();
        BooksInvariants.check(books);
    }

    /** An error, which no part of the program expects: as one command, it is that command's. */
    @Test
    void a_command_that_brings_an_error_about_fails_alone() {
        var books = EngineFixture.books(PostgresVersion.V18);
        try (var engine = books.engine(1)) {
            var good = new ArrayList<CompletableFuture<Outcome>>();
            CompletableFuture<Outcome> bad = null;
            for (int i = 0; i < GOOD; i++) {
                good.add(engine.submit(deposit("user-" + i % 50, 1)));
                if (i == 100) {
                    bad = engine.submit(withLabels(new OverflowingLabels()));
                }
            }
            assertFailed(Objects.requireNonNull(bad));
            good.forEach(EngineFixture::posted);
        }
        assertThat(books.registry().find("wallet_lane_retries").counters())
                .as("halves, and never a new session")
                .allMatch(counter -> "preparation".equals(counter.getId().getTag("sql_state")));
        assertThat(books.number("SELECT count(*) FROM block")).isGreaterThan(1);
        BooksInvariants.check(books);
    }

    /** Labels that overflow the stack of the lane that writes them. */
    private static final class OverflowingLabels extends TreeMap<String, String> {

        private static final long serialVersionUID = 1;

        OverflowingLabels() {
            put("a", "b");
        }

        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            if (Thread.currentThread().getName().startsWith("lane-")) {
                throw new StackOverflowError("for the test");
            }
            return super.entrySet();
        }
    }

    private static Command withLabels(SortedMap<String, String> labels) {
        return EngineFixture.deposit("carol", labels);
    }

    private static Command withAnInitiator(String name) {
        var header =
                new Command.Header(
                        EngineFixture.newId(),
                        new Initiator(name, "shop", "system"),
                        Details.NONE,
                        null,
                        null);
        return new Command.Deposit(header, "carol", EngineFixture.usd(1));
    }

    private static void assertFailed(CompletableFuture<?> answer) {
        assertThatThrownBy(() -> EngineFixture.await(answer))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isNotInstanceOf(EngineUnavailableException.class)
                .isInstanceOf(IllegalStateException.class);
    }
}
