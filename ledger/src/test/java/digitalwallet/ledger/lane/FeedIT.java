package digitalwallet.ledger.lane;

import static digitalwallet.ledger.lane.EngineFixture.await;
import static digitalwallet.ledger.lane.EngineFixture.awaitRefusal;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.keyed;
import static digitalwallet.ledger.lane.EngineFixture.newId;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static digitalwallet.ledger.lane.EngineFixture.until;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static digitalwallet.ledger.lane.EngineFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.reading.QueuePositions;
import digitalwallet.ledger.reading.TransactionReader;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a feed promises, with real books below it. */
final class FeedIT {

    private static final UUID TOPIC = newId();

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);
    private final QueuePositions positions = new QueuePositions(books.dataSource());
    private final List<GroupOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 400})
    void a_position_is_committed_with_what_the_messages_did(int messages) {
        try (var engine = books.engine(2)) {
            var feed = open(engine, 0);
            for (int i = 0; i < messages; i++) {
                assertThat(feed.offer(10 + i, one(deposit("alice", 1)))).isTrue();
            }
            until(() -> position() == 10 + messages);

            assertThat(books.balances().get("alice/USD")).isEqualTo(usd(messages));
            assertThat(feed.position()).isEqualTo(10 + messages);
            assertThat(feed.waiting()).isZero();
            assertThat(outcomes).hasSize(messages).allMatch(GroupOutcome.Posted.class::isInstance);
        }
        BooksInvariants.check(books);
    }

    @ParameterizedTest
    @EnumSource
    void a_message_that_does_nothing_is_passed(PostgresVersion version) {
        var other = EngineFixture.books(version);
        try (var engine = other.engine(1)) {
            assertThat(engine.open(TOPIC, 0, EngineFixture.at(0), _ -> {}).offer(4, List.of()))
                    .isTrue();
            until(() -> new QueuePositions(other.dataSource()).position(TOPIC, 0).offset() == 5);
        }
        BooksInvariants.check(other);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_feed_that_was_overtaken_breaks_and_nothing_is_doubled(boolean locks) {
        var settings = EngineFixture.settings(2);
        var used = locks ? settings : settings.withoutAdvisoryLocks();
        try (var one = books.engine(used);
                var other = books.engine(used)) {
            var messages = new ArrayList<Command>();
            for (int i = 0; i < 300; i++) {
                messages.add(deposit("user-" + i % 7, 1));
            }
            var zombie = open(one, 0);
            var heir = open(other, 0);
            for (int i = 0; i < messages.size(); i++) {
                tryOffer(zombie, i, messages.get(i));
                tryOffer(heir, i, messages.get(i));
            }
            until(() -> zombie.isBroken() || heir.isBroken());
            finish(one, messages);

            assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(300);
            assertThat(books.number("SELECT sum(amount) FROM entry WHERE amount > 0"))
                    .isEqualTo(300);
        }
        BooksInvariants.check(books);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_done_beyond_the_position_is_recognised_when_it_comes_again(boolean keyed)
            throws SQLException {
        var held = command(deposit("held", 1), keyed, "a");
        var free = command(deposit("free", 1), keyed, "b");
        try (var engine = books.engine(1)) {
            Feed first;
            try (var foreign = books.connect();
                    var statement = foreign.createStatement()) {
                statement.execute("SELECT pg_advisory_lock(" + lockOf("held") + ")");
                first = open(engine, 0);
                assertThat(first.offer(0, one(held))).isTrue();
                assertThat(first.offer(1, one(free))).isTrue();
                until(() -> outcomes.size() == 1);
                assertThat(position()).isZero();
                first.close();
            }
            var second = open(engine, 0);
            assertThat(second.offer(0, one(held))).isTrue();
            assertThat(second.offer(1, one(free))).isTrue();
            until(() -> position() == 2);

            assertThat(books.balances().get("held/USD")).isEqualTo(usd(1));
            assertThat(books.balances().get("free/USD")).isEqualTo(usd(1));
            assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(2);
        }
        BooksInvariants.check(books);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_key_queued_twice_ends_as_one_posted_command_and_one_duplicate(boolean atOnce) {
        var first = keyed(deposit("alice", 5), "k");
        var second = keyed(deposit("alice", 5), "k");
        var other = keyed(deposit("alice", 6), "k");
        try (var engine = books.engine(2)) {
            var feed = open(engine, 0);
            assertThat(feed.offer(0, one(first))).isTrue();
            until(() -> atOnce || position() == 1);
            assertThat(feed.offer(1, one(second))).isTrue();
            assertThat(feed.offer(2, one(other))).isTrue();
            until(() -> position() == 3);

            assertThat(rejection(first)).isNull();
            assertThat(rejection(second)).isEqualTo(new Rejection.Duplicate(first.id()));
            assertThat(rejection(other)).isEqualTo(new Rejection.IdempotencyKeyReused());
            assertThat(books.balances().get("alice/USD")).isEqualTo(usd(5));
        }
        BooksInvariants.check(books);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_id_that_stands_for_another_command_is_refused_and_holds_the_position(boolean atOnce) {
        var first = deposit("alice", 5);
        var impostor = new Command.Deposit(first.header(), "alice", usd(50));
        try (var engine = books.engine(1)) {
            var feed = open(engine, 0);
            assertThat(feed.offer(0, one(first))).isTrue();
            until(() -> atOnce || position() == 1);
            assertThat(feed.offer(1, one(impostor))).isTrue();
            assertThat(feed.offer(2, one(deposit("bob", 1)))).isTrue();
            until(() -> outcomes.size() == 2);
            var refusal = awaitRefusal(feed);

            assertThat(refusal.offset()).isEqualTo(1);
            assertThat(refusal.reason()).isEqualTo(Feed.Refusal.Reason.ID_TAKEN);
            assertThat(position()).isEqualTo(1);

            feed.abandon(1);
            until(() -> position() == 3);
            assertThat(books.balances().get("alice/USD")).isEqualTo(usd(5));
        }
        BooksInvariants.check(books);
    }

    /** The key and its meaning twice: one of the two is posted, and both can be asked for. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_group_that_repeats_a_key_leaves_a_transaction_for_each_id(boolean again) {
        var first = keyed(deposit("alice", 5), "k");
        var second = keyed(deposit("alice", 5), "k");
        var group = List.of(first, transfer("alice", "alice-2", 1), second);
        try (var engine = books.engine(1)) {
            await(engine.submit(deposit("alice-2", 1)));
            var feed = open(engine, 0);
            assertThat(feed.offer(0, List.of(group))).isTrue();
            if (again) {
                until(() -> position() == 1);
                assertThat(feed.offer(1, List.of(group))).isTrue();
            }
            until(() -> feed.waiting() == 0);

            assertThat(feed.nextRefusal()).isNull();
            assertThat(rejection(first)).isNull();
            assertThat(rejection(group.get(1))).isNull();
            assertThat(rejection(second)).isEqualTo(new Rejection.Duplicate(first.id()));
            assertThat(books.balances().get("alice/USD")).isEqualTo(usd(4));
        }
        BooksInvariants.check(books);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_a_failing_group_each_command_is_remembered(boolean again) {
        var group =
                List.of(
                        deposit("alice", 5),
                        transfer("alice", "bob", 1),
                        withdraw("alice", 9_000),
                        deposit("alice", 7));
        try (var engine = books.engine(1)) {
            await(engine.submit(deposit("bob", 1)));
            var feed = open(engine, 0);
            assertThat(feed.offer(0, List.of(group))).isTrue();
            if (again) {
                assertThat(feed.offer(1, List.of(group))).isTrue();
            }
            until(() -> feed.waiting() == 0);

            var failed = new Rejection.GroupFailed(group.get(2).id());
            assertThat(rejection(group.get(0))).isEqualTo(failed);
            assertThat(rejection(group.get(1))).isEqualTo(failed);
            assertThat(rejection(group.get(2))).isInstanceOf(Rejection.InsufficientFunds.class);
            assertThat(rejection(group.get(3))).isEqualTo(failed);
            assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(5);
            assertThat(outcomes)
                    .allMatch(
                            outcome ->
                                    outcome instanceof GroupOutcome.Failed(var index, _)
                                            && index == 2);
        }
        BooksInvariants.check(books);
    }

    private Feed open(PostingEngine engine, long position) {
        return engine.open(TOPIC, 0, EngineFixture.at(position), outcomes::add);
    }

    private long position() {
        return positions.position(TOPIC, 0).offset();
    }

    private @Nullable Rejection rejection(Command command) {
        return new TransactionReader(books.dataSource())
                .transaction(command.id())
                .orElseThrow()
                .transaction()
                .rejection();
    }

    /** As a consumer does: opens another feed as often as one breaks. */
    private void finish(PostingEngine engine, List<Command> messages) {
        BooleanSupplier done = () -> position() == messages.size();
        while (!done.getAsBoolean()) {
            var feed = open(engine, position());
            for (int i = (int) feed.position(); i < messages.size(); i++) {
                tryOffer(feed, i, messages.get(i));
            }
            until(() -> feed.isBroken() || feed.waiting() == 0);
        }
    }

    private static void tryOffer(Feed feed, long offset, Command command) {
        if (!feed.offer(offset, one(command))) {
            assertThat(feed.isBroken()).isTrue();
        }
    }

    private static Command command(Command command, boolean keyed, String key) {
        return keyed ? keyed(command, key) : command;
    }

    private static List<List<Command>> one(Command command) {
        return List.of(List.of(command));
    }

    private static long lockOf(String user) {
        var id = AccountName.wallet(user, EngineFixture.USD).id();
        return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    }
}
