package digitalwallet.ledger.check;

import static digitalwallet.ledger.lane.EngineFixture.USD;
import static digitalwallet.ledger.lane.EngineFixture.await;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.header;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.check.CheckReport.Check;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.postgres.PostgresVersion;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BooksCheckIT {

    @ParameterizedTest
    @EnumSource
    void untouched_books_are_consistent_after_a_heavy_mixed_load(PostgresVersion version) {
        var books = EngineFixture.books(version);
        var check = new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);
        try (var engine = books.engine(2)) {
            MixedBooks.large(engine, 3_000);
            assertThat(check.incremental()).satisfies(BooksCheckIT::isSound);
            MixedBooks.small(engine);
            MixedBooks.large(engine, 3_000);

            var full = check.full();
            assertThat(full).satisfies(BooksCheckIT::isSound);
            assertThat(full.checks()).extracting(Check::examined).allMatch(n -> n > 0);
            assertThat(check.incremental()).satisfies(BooksCheckIT::isSound);
            assertThat(check.incremental().currencies()).isEqualTo(full.currencies());
        }
    }

    private static void isSound(CheckReport report) {
        assertThat(report.firstViolation()).isNull();
        assertThat(report.consistent()).isTrue();
    }

    @Test
    void empty_books_are_consistent() {
        var books = EngineFixture.books(PostgresVersion.V18);
        var check = new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);

        assertThat(check.incremental().consistent()).isTrue();
        assertThat(check.full().consistent()).isTrue();
        assertThat(check.full().currencies()).isEmpty();
    }

    @Test
    void the_sums_say_what_came_in_and_went_out() {
        var books = EngineFixture.books(PostgresVersion.V18);
        try (var engine = books.engine(1)) {
            MixedBooks.small(engine);
        }
        var check = new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);
        for (var report : new CheckReport[] {check.incremental(), check.full()}) {
            var dollars = report.currencies().getLast();
            assertThat(dollars)
                    .isEqualTo(
                            new CheckReport.CurrencySums(
                                    USD,
                                    new BigDecimal("159.00"),
                                    new BigDecimal("173.00"),
                                    new BigDecimal("14.00"),
                                    new BigDecimal("15.00"),
                                    new BigDecimal("12.00"),
                                    new BigDecimal("3.00"),
                                    new BigDecimal("2.00"),
                                    new BigDecimal("0.00")));
        }
    }

    @Test
    void a_payout_that_comes_back_into_a_closed_wallet_is_consistent() {
        var books = EngineFixture.books(PostgresVersion.V18);
        try (var engine = books.engine(1)) {
            await(engine.submit(deposit("alice", 5_00)));
            var payout = new Command.Payout(header(null), "alice", usd(5_00));
            await(engine.submit(payout));
            await(engine.submit(new Command.Close(header(null), "alice")));
            await(
                    engine.submit(
                            new Command.Reversal(header(null), "alice", usd(5_00), payout.id())));
        }
        var check = new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);
        assertThat(check.incremental().firstViolation()).isNull();
        assertThat(check.full().firstViolation()).isNull();
        assertThat(books.balances()).containsEntry("alice/USD", usd(5_00));
    }

    @Test
    void an_incremental_check_examines_only_what_is_new() {
        var books = EngineFixture.books(PostgresVersion.V18);
        var check = new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);
        try (var engine = books.engine(1)) {
            MixedBooks.large(engine, 500);
            check.incremental();
            await(engine.submit(deposit("user-1", 1_00)));
            await(engine.submit(transfer("user-1", "user-2", 1)));

            var report = check.incremental();
            assertThat(examined(report, Rule.TRANSACTIONS_BELONG_TO_BLOCKS)).isEqualTo(2);
            assertThat(examined(report, Rule.VERSIONS_AND_BALANCES_ARE_GAPLESS))
                    .isLessThanOrEqualTo(4);
            assertThat(examined(check.incremental(), Rule.BLOCKS_ARE_CHAINED)).isZero();
        }
    }

    @Test
    void the_last_full_check_is_remembered() {
        var books = EngineFixture.books(PostgresVersion.V18);
        var check = new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);
        assertThat(check.lastFullCheck()).isEmpty();
        assertThat(check.incremental().lastFullCheck()).isNull();

        var full = check.full();
        assertThat(check.lastFullCheck()).contains(full.lastFullCheck());
        assertThat(check.incremental().lastFullCheck()).isEqualTo(full.lastFullCheck());
    }

    @Test
    void what_a_full_check_found_stays_found_until_a_full_check_finds_nothing() throws Exception {
        var books = EngineFixture.books(PostgresVersion.V18);
        var check = new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);
        try (var connection = books.superuserDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO idempotency (key, fingerprint, transaction_id, created_at)
                    VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now())\
                    """);
            assertThat(check.full().consistent()).isFalse();
            assertThat(check.incremental().firstViolation()).contains("the full check at");
            statement.execute("DELETE FROM idempotency");
        }
        isSound(check.full());
        isSound(check.incremental());
    }

    @Test
    void checks_of_two_instances_agree_while_the_engine_posts() {
        var books = EngineFixture.books(PostgresVersion.V18);
        try (var engine = books.engine(3)) {
            var load = CompletableFuture.runAsync(() -> MixedBooks.large(engine, 5_000));
            for (int i = 0; i < 3 || !load.isDone(); i++) {
                var one = new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);
                var other = new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);
                var reports =
                        List.of(
                                CompletableFuture.supplyAsync(one::incremental),
                                CompletableFuture.supplyAsync(other::incremental),
                                CompletableFuture.supplyAsync(other::full));
                reports.forEach(report -> isSound(report.join()));
            }
            load.join();
        }
        var check = new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);
        var incremental = check.incremental();
        isSound(incremental);
        assertThat(check.full().currencies()).isEqualTo(incremental.currencies());
    }

    private static long examined(CheckReport report, Rule rule) {
        return report.checks().stream()
                .filter(check -> check.name().equals(rule.word()))
                .mapToLong(Check::examined)
                .sum();
    }
}
