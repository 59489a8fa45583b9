package digitalwallet.ledger.lane;

import static digitalwallet.ledger.lane.EngineFixture.await;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.keyed;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static digitalwallet.ledger.lane.EngineFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Rejection;
import digitalwallet.local.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PostingEngineIT {

    @ParameterizedTest
    @EnumSource
    void a_first_deposit_opens_the_wallet(PostgresVersion version) {
        var books = EngineFixture.books(version);
        try (var engine = books.engine(1)) {
            var outcome = posted(engine.submit(deposit("alice", 1234)));

            assertThat(outcome.balance()).isEqualTo(new Outcome.Balance(usd(1234), 1));
            assertThat(outcome.replayed()).isFalse();
            assertThat(books.number("SELECT count(*) FROM entry")).isEqualTo(3);
            assertThat(books.number("SELECT count(*) FROM account")).isEqualTo(3);
            assertThat(books.number("SELECT sum(amount) FROM entry")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void commands_build_on_each_other(PostgresVersion version) {
        var books = EngineFixture.books(version);
        try (var engine = books.engine(2)) {
            await(engine.submit(deposit("alice", 10_00)));
            await(engine.submit(deposit("bob", 5_00)));
            var moved = posted(engine.submit(transfer("alice", "bob", 3_00)));
            var refused = (Outcome.Rejected) await(engine.submit(withdraw("alice", 8_00)));

            assertThat(moved.balance()).isEqualTo(new Outcome.Balance(usd(7_00), 2));
            assertThat(refused.transaction().rejection())
                    .isEqualTo(new Rejection.InsufficientFunds(usd(7_00), usd(8_00)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_repeated_key_returns_the_first_answer(PostgresVersion version) {
        var books = EngineFixture.books(version);
        try (var engine = books.engine(2)) {
            var first = posted(engine.submit(keyed(deposit("alice", 10_00), "k1")));
            await(engine.submit(deposit("alice", 1_00)));
            var second = posted(engine.submit(keyed(deposit("alice", 10_00), "k1")));
            var other = await(engine.submit(keyed(deposit("alice", 11_00), "k1")));

            assertThat(second.replayed()).isTrue();
            assertThat(second.transaction()).isEqualTo(first.transaction());
            assertThat(second.balance()).isEqualTo(first.balance());
            assertThat(other).isEqualTo(new Outcome.KeyReused());
        }
    }

    @ParameterizedTest
    @EnumSource
    void large_batches_are_copied(PostgresVersion version) {
        var books = EngineFixture.books(version);
        try (var engine = books.engine(2)) {
            var answers = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < 5_000; i++) {
                answers.add(engine.submit(keyed(deposit("user-" + i % 100, 1_00), "d" + i)));
            }
            for (int i = 0; i < 5_000; i++) {
                answers.add(
                        engine.submit(transfer("user-" + i % 100, "user-" + (i * 7 + 1) % 100, 1)));
            }
            answers.forEach(EngineFixture::await);

            assertThat(books.number("SELECT sum(amount) FROM entry")).isZero();
            assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(10_000);
            assertThat(books.number("SELECT sum(transactions) FROM block")).isEqualTo(10_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_full_queue_refuses(PostgresVersion version) {
        var books = EngineFixture.books(version);
        var settings = EngineFixture.settings(1).withQueueLengthMax(0);
        try (var engine = books.engine(settings)) {
            assertThatThrownBy(() -> engine.submit(deposit("alice", 1)))
                    .isInstanceOf(EngineUnavailableException.class);
        }
    }
}
