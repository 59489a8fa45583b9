package digitalwallet.ledger.lane;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.header;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static digitalwallet.ledger.lane.EngineFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.TwoEngines.Guard;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Money moves on both engines while the user is frozen, and new currencies are being opened. */
class FreezeRaceIT {

    private static final List<String> NEW_CURRENCIES =
            List.of("EUR", "GBP", "JPY", "KWD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF");
    private static final int MOVERS = 8;
    private static final int MOVES_BEFORE = 200;
    private static final int REJECTED_AFTER = 50;

    @ParameterizedTest
    @CsvSource({
        "V18, LOCKS_AND_VERSIONS",
        "V18, VERSIONS_ALONE",
        "V15, LOCKS_AND_VERSIONS",
        "V15, VERSIONS_ALONE"
    })
    void nothing_is_posted_after_the_version_of_the_freeze(PostgresVersion version, Guard guard) {
        try (var engines = TwoEngines.on(version, guard)) {
            engines.post(deposit("alice", 1_000_00));
            engines.post(deposit("bob", 1_000_00));
            var movers = new Movers(engines);
            Outcome.Posted frozen;
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var running = new ArrayList<CompletableFuture<Void>>();
                for (int i = 0; i < MOVERS; i++) {
                    int mover = i;
                    running.add(CompletableFuture.runAsync(() -> movers.move(mover), threads));
                }
                movers.awaitPosted(MOVES_BEFORE);
                frozen = freeze(engines);
                movers.awaitRejected(REJECTED_AFTER);
                movers.stop();
                running.forEach(CompletableFuture::join);
            }
            assertNothingAfter(engines.books(), frozen.transaction().entries().size(), frozen);
        }
    }

    private static Outcome.Posted freeze(TwoEngines engines) {
        var command = new Command.Freeze(header(null), "alice", AccountStatus.FROZEN);
        return (Outcome.Posted) engines.post(command);
    }

    private static void assertNothingAfter(
            EngineFixture books, int frozenAccounts, Outcome.Posted frozen) {
        // The anchor and every wallet there is, whenever it was opened.
        assertThat(books.number("SELECT count(*) FROM account WHERE owner = 'alice'"))
                .isEqualTo(frozenAccounts);
        for (var key : frozen.transaction().entries()) {
            assertThat(latestVersion(books, key.accountId())).isEqualTo(key.version());
        }
        assertThat(frozen.transaction().entries())
                .extracting(key -> key.accountId())
                .contains(AccountName.wallet("alice", EngineFixture.USD).id());
    }

    private static long latestVersion(EngineFixture books, UUID account) {
        return books.number("SELECT max(version) FROM entry WHERE account_id = '" + account + "'");
    }

    /** Callers that move alice's money until they are stopped. */
    private static final class Movers {

        private final TwoEngines engines;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final AtomicLong posted = new AtomicLong();
        private final AtomicLong rejected = new AtomicLong();
        private final AtomicInteger opened = new AtomicInteger();

        Movers(TwoEngines engines) {
            this.engines = engines;
        }

        void move(int mover) {
            for (int i = mover; !stopped.get(); i++) {
                var outcome = EngineFixture.await(engines.engine(i / 2).submit(command(i)));
                (outcome instanceof Outcome.Posted ? posted : rejected).incrementAndGet();
            }
        }

        private Command command(int i) {
            return switch (i % 4) {
                case 0 -> deposit("alice", 2_00);
                case 1 -> withdraw("alice", 1_00);
                case 2 -> transfer("alice", "bob", 1_00);
                default -> openAnother();
            };
        }

        private Command openAnother() {
            int next = opened.getAndIncrement() / 40;
            if (next >= NEW_CURRENCIES.size()) {
                return transfer("bob", "alice", 1);
            }
            var currency = CurrencyCode.of(NEW_CURRENCIES.get(next));
            return new Command.Deposit(header(null), "alice", new Money(1, currency));
        }

        void stop() {
            stopped.set(true);
        }

        void awaitPosted(long count) {
            EngineFixture.until(() -> posted.get() >= count);
        }

        /** Some of them may have been rejected for other reasons before. */
        void awaitRejected(long more) {
            long before = rejected.get();
            EngineFixture.until(() -> rejected.get() >= before + more);
        }
    }
}
