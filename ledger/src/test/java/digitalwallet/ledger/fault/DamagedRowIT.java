package digitalwallet.ledger.fault;

import static digitalwallet.ledger.fault.DamagedBooks.VICTIM;
import static digitalwallet.ledger.fault.DamagedBooks.assertFailed;
import static digitalwallet.ledger.fault.DamagedBooks.user;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.keyed;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static digitalwallet.ledger.lane.EngineFixture.until;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.fault.DamagedBooks.Damage;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A row that cannot be read any more brings down the commands that need it, and no neighbour of
 * theirs; the lane's session goes on.
 */
final class DamagedRowIT {

    private static final int GOOD = 400;
    private static final String SESSIONS =
            """
            SELECT sum(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'wallet-lane'\
            """;
    private static final String LOCKS =
            """
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())\
            """;

    @ParameterizedTest
    @EnumSource
    void only_commands_on_a_damaged_account_fail(Damage damage) throws SQLException {
        var books = DamagedBooks.by(damage);
        try (var engine = books.books().engine(1)) {
            long sessions = books.books().number(SESSIONS);
            var bad = new ArrayList<CompletableFuture<Outcome>>();
            var good = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < GOOD; i++) {
                good.add(engine.submit(deposit(user(i), 1)));
                if (i % 150 == 149) {
                    bad.add(engine.submit(deposit(VICTIM, 1)));
                }
            }
            bad.forEach(DamagedBooks::assertFailed);
            good.forEach(EngineFixture::posted);
            // Alone it fails as well, and the lane goes on in the same session.
            assertFailed(engine.submit(deposit(VICTIM, 1)));
            posted(engine.submit(deposit("user-1", 1)));
            assertThat(books.books().number(SESSIONS)).isEqualTo(sessions);
            until(() -> books.books().number(LOCKS) == 0);
        }
        books.repairAndCheck(damage, GOOD + 1);
    }

    @ParameterizedTest
    @EnumSource
    void a_group_on_a_damaged_account_fails_as_a_whole_and_alone(Damage damage)
            throws SQLException {
        var books = DamagedBooks.by(damage);
        try (var engine = books.books().engine(1)) {
            var good = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < GOOD / 2; i++) {
                good.add(engine.submit(deposit(user(i), 1)));
            }
            var group =
                    engine.submitAtomically(
                            List.of(deposit("ann", 1), deposit(VICTIM, 1), deposit("bob", 1)));
            for (int i = 0; i < GOOD / 2; i++) {
                good.add(engine.submit(deposit(user(i), 1)));
            }
            assertFailed(group);
            good.forEach(EngineFixture::posted);
        }
        books.repairAndCheck(damage, GOOD);
        assertThat(
                        books.books()
                                .number(
                                        "SELECT count(*) FROM account WHERE owner IN ('ann',"
                                                + " 'bob')"))
                .isZero();
    }

    @Test
    void a_hot_damaged_account_takes_nobody_with_it() throws SQLException {
        var books = DamagedBooks.by(Damage.UNKNOWN_STATUS);
        try (var engine = books.books().engine(2)) {
            var bad = new ArrayList<CompletableFuture<Outcome>>();
            var good = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < GOOD; i++) {
                bad.add(engine.submit(deposit(VICTIM, 1)));
                good.add(engine.submit(deposit(user(i), 1)));
            }
            bad.forEach(DamagedBooks::assertFailed);
            good.forEach(EngineFixture::posted);
        }
        books.repairAndCheck(Damage.UNKNOWN_STATUS, GOOD);
    }

    /** The page is damaged once the command has been put off three times: when it insists. */
    @Test
    void an_insisting_command_on_a_damaged_account_fails_alone() throws SQLException {
        var books = DamagedBooks.open();
        books.damagePageAfter(3);
        try (var engine = books.books().engine(1);
                var foreign = books.books().connect();
                var statement = foreign.createStatement()) {
            for (var user : List.of(VICTIM, "held")) {
                statement.execute("SELECT pg_advisory_lock(" + lockOf(user) + ")");
            }
            var held = engine.submit(deposit("held", 1));
            var bad = engine.submit(deposit(VICTIM, 1));
            var good = engine.submit(deposit("user-1", 1));

            assertFailed(bad);
            posted(held);
            posted(good);
            assertThat(books.books().registry().counter("wallet_lane_insisted").count())
                    .isPositive();
        }
        books.repairAndCheck(Damage.DAMAGED_PAGE, 2);
    }

    /** What cannot be read is the recorded answer to a key. */
    @Test
    void a_repeated_key_whose_transaction_is_damaged_fails_alone() throws SQLException {
        var books = DamagedBooks.open();
        try (var engine = books.books().engine(1)) {
            var first = keyed(described(VICTIM), "a key");
            posted(engine.submit(first));
            books.alter("UPDATE transaction_detail SET content = '\\x07'");
            var good = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < GOOD; i++) {
                good.add(engine.submit(deposit(user(i), 1)));
            }
            var repeated = engine.submit(keyed(described(VICTIM), "a key"));
            good.add(engine.submit(deposit(VICTIM, 1)));

            assertFailed(repeated);
            good.forEach(EngineFixture::posted);
        }
        assertThat(books.books().number("SELECT count(*) FROM transaction"))
                .isEqualTo(1L + DamagedBooks.USERS + GOOD + 2);
    }

    @Test
    void a_refund_of_a_damaged_purchase_fails_alone() throws SQLException {
        var books = DamagedBooks.open();
        try (var engine = books.books().engine(1)) {
            posted(engine.submit(deposit(VICTIM, 10)));
            var purchase = new Command.Purchase(EngineFixture.header(null), VICTIM, usd(5), null);
            posted(engine.submit(purchase));
            books.alter("UPDATE transaction SET currency = 'no currency' WHERE type = 3");
            var refund =
                    new Command.Refund(
                            EngineFixture.header(null), VICTIM, usd(1), null, purchase.id());
            var good = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < GOOD; i++) {
                good.add(engine.submit(deposit(user(i), 1)));
            }
            var bad = engine.submit(refund);
            good.add(engine.submit(deposit(VICTIM, 1)));

            assertFailed(bad);
            good.forEach(EngineFixture::posted);
            books.alter("UPDATE transaction SET currency = 'USD' WHERE type = 3");
        }
        BooksInvariants.check(books.books());
    }

    private static Command described(String user) {
        var details = new Details(new UUID(0, 7), null, "words", null, new TreeMap<>(), null);
        var header =
                new Command.Header(
                        EngineFixture.newId(),
                        new Initiator("shop", "shop", "system"),
                        details,
                        null,
                        null);
        return new Command.Deposit(header, user, usd(1));
    }

    private static long lockOf(String user) {
        var id = AccountName.wallet(user, EngineFixture.USD).id();
        return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    }
}
