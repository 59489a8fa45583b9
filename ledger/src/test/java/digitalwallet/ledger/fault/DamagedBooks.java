package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.await;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Books with wallets of 50 users and of a victim, whose rows get damaged. */
final class DamagedBooks {

    static final String VICTIM = "victim";
    static final int USERS = 50;

    private static final UUID WALLET = AccountName.wallet(VICTIM, EngineFixture.USD).id();

    // Stumbles over the victim's account once it has been read so often.
    private static final String STUMBLE =
            """
            CREATE SEQUENCE reads;
            CREATE FUNCTION stumble(owner text) RETURNS boolean
            LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF owner = 'victim' AND nextval('reads') > %d THEN
                    RAISE EXCEPTION 'on purpose' USING ERRCODE = '%s';
                END IF;
                RETURN true;
            END $$;
            ALTER TABLE account ENABLE ROW LEVEL SECURITY;
            CREATE POLICY reading ON account FOR SELECT USING (stumble(owner));
            CREATE POLICY writing ON account FOR INSERT WITH CHECK (true)\
            """;

    private static final String CORRUPTED = "data_corrupted";
    private static final String TIMED_OUT = "query_canceled";

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);

    /** What can be wrong with the rows of one account. */
    enum Damage {
        ANOTHER_NAME(
                "UPDATE account SET owner = 'mallory' WHERE id = '%s'",
                "UPDATE account SET owner = 'victim' WHERE id = '%s'"),
        UNKNOWN_KIND(
                """
                ALTER TABLE account DROP CONSTRAINT only_system_accounts_have_no_owner;
                UPDATE account SET kind = 99 WHERE id = '%s'\
                """,
                "UPDATE account SET kind = 2 WHERE id = '%s'"),
        UNKNOWN_STATUS(
                "UPDATE entry SET status = 99 WHERE account_id = '%s'",
                "UPDATE entry SET status = 1 WHERE account_id = '%s'"),
        DAMAGED_PAGE(
                STUMBLE.formatted(0, CORRUPTED), "ALTER TABLE account DISABLE ROW LEVEL SECURITY");

        private final String sql;
        private final String repair;

        Damage(String sql, String repair) {
            this.sql = sql;
            this.repair = repair;
        }
    }

    EngineFixture books() {
        return books;
    }

    /**
     * The wallets opened by engines of their own, so that the next one does not remember them. Two,
     * so that two lanes have their system accounts: PostgreSQL refuses COPY into a table with a
     * policy, so nobody may have to open one later.
     */
    static DamagedBooks open() {
        var damaged = new DamagedBooks();
        try (var first = damaged.books.engine(1);
                var second = damaged.books.engine(1)) {
            posted(first.submit(deposit(VICTIM, 1)));
            for (int i = 0; i < USERS; i++) {
                posted((i % 2 == 0 ? first : second).submit(deposit(user(i), 1)));
            }
        }
        return damaged;
    }

    /** The same with the victim's rows damaged. */
    static DamagedBooks by(Damage damage) throws SQLException {
        var damaged = open();
        damaged.alter(damage.sql.formatted(WALLET));
        return damaged;
    }

    /** The same, but the victim's account can be read: only never in time. */
    static DamagedBooks slow() throws SQLException {
        var slow = open();
        slow.alter(STUMBLE.formatted(0, TIMED_OUT));
        return slow;
    }

    /** From now on the victim's account cannot be read after it has been so often. */
    void damagePageAfter(int reads) throws SQLException {
        alter(STUMBLE.formatted(reads, CORRUPTED));
    }

    /** Runs statements as the superuser. */
    void alter(String sql) throws SQLException {
        try (var connection = books.superuserDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** But for the damage, the books are sound, and nothing was posted to the victim. */
    void repairAndCheck(Damage damage, int transactions) throws SQLException {
        alter(damage.repair.formatted(WALLET));
        assertThat(books.number("SELECT count(*) FROM transaction"))
                .isEqualTo(1L + USERS + transactions);
        assertThat(books.balances().get(VICTIM + "/USD")).isEqualTo(usd(1));
        BooksInvariants.check(books);
    }

    static String user(int number) {
        return "user-" + number % USERS;
    }

    /** It failed by itself, and not because the wallet could not be used. */
    static void assertFailed(CompletableFuture<?> answer) {
        assertThatThrownBy(() -> await(answer))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(Exception.class);
    }
}
