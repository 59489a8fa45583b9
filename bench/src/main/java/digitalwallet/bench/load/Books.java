package digitalwallet.bench.load;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.database.Schema;
import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.lane.EngineSettings;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Fresh books in a database of their own, with as many funded wallets as a benchmark wants. */
public final class Books {

    private static final int KEY_LENGTH = 32;

    static final CurrencyCode USD = CurrencyCode.of("USD");
    static final Initiator SHOP = new Initiator("shop", "shop", "system");

    /**
     * Rows that were copied in, and not posted by an engine, have lanes above those of all engines.
     */
    public static final int COPIED_LANES_FROM = 10_000;

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final long FUNDS = 1_000_000_000;

    /** Copied rows do not chain, and their accounts have no names. */
    private static final String WRONG_BALANCES =
            """
            SELECT count(*) FROM (
                SELECT account_id, sum(amount) AS total, count(*) AS entries,
                       max(version) AS version FROM entry GROUP BY account_id) s
            JOIN account a ON a.id = s.account_id
            JOIN entry e ON e.account_id = s.account_id AND e.version = s.version
            WHERE e.balance_after <> s.total OR s.entries <> s.version\
            """;

    private static final String POSTED =
            "SELECT count(*) FROM transaction WHERE rejection_code IS NULL AND lane < "
                    + COPIED_LANES_FROM;

    private final LocalPostgres postgres;
    private final String database = "bench_" + DATABASES.incrementAndGet();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LongAdder accepted = new LongAdder();

    private Books(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    /** Empty books. */
    public static Books create(LocalPostgres postgres) {
        var books = new Books(postgres);
        postgres.createDatabase(books.database);
        var owner = new PGSimpleDataSource();
        owner.setUrl(postgres.jdbcUrl(books.database));
        owner.setUser(postgres.ownerUser());
        owner.setPassword(postgres.ownerPassword());
        Schema.migrate(owner, postgres.serverUser());
        return books;
    }

    /** Books with this many funded wallets, named {@link #user}. */
    public static Books withWallets(LocalPostgres postgres, int wallets) throws Exception {
        var books = create(postgres);
        try (var engine = books.engine(2)) {
            var answers = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < wallets; i++) {
                answers.add(
                        engine.submit(
                                new Command.Deposit(header(null), user(i), new Money(FUNDS, USD))));
                if (answers.size() == 10_000) {
                    join(answers);
                }
            }
            join(answers);
        }
        books.accepted(wallets);
        books.settle();
        return books;
    }

    private static void join(List<CompletableFuture<?>> answers) {
        answers.forEach(CompletableFuture::join);
        answers.clear();
    }

    /** The name of the i-th wallet's user. */
    public static String user(int i) {
        return "user-" + i;
    }

    public PostingEngine engine(int lanes) throws InterruptedException {
        return engine(settings(lanes), address());
    }

    private static EngineSettings settings(int lanes) {
        return EngineSettings.of(
                lanes,
                100_000,
                new DigestKey(new byte[KEY_LENGTH]),
                new Limits(new BigDecimal("1000000000.00")));
    }

    /** An engine whose connections go there: to the database, or to a proxy in front of it. */
    public PostingEngine engine(int lanes, DatabaseAddress address) throws InterruptedException {
        return engine(settings(lanes), address);
    }

    private PostingEngine engine(EngineSettings settings, DatabaseAddress address)
            throws InterruptedException {
        var engine =
                PostingEngine.start(settings, address, InstantSource.system(), _ -> {}, registry);
        while (engine.servingLanes() < settings.lanes()) {
            Thread.sleep(10);
        }
        return engine;
    }

    public SimpleMeterRegistry registry() {
        return registry;
    }

    public DatabaseAddress address() {
        return new DatabaseAddress(
                postgres.jdbcUrl(database), postgres.serverUser(), postgres.serverPassword());
    }

    /** The same through a proxy that listens on this port. */
    public DatabaseAddress addressThrough(int port) {
        var url = postgres.jdbcUrl(database).replace(":" + postgres.port() + "/", ":" + port + "/");
        return new DatabaseAddress(url, postgres.serverUser(), postgres.serverPassword());
    }

    public String database() {
        return database;
    }

    public Connection superuser() throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(database), postgres.superuser(), postgres.superuserPassword());
    }

    /**
     * Brings statistics and visibility up to date and writes dirty pages, so that runs are alike.
     */
    public void settle() throws SQLException {
        try (var connection = superuser();
                var statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }

    /** One number of the books. */
    public long number(String sql) throws SQLException {
        try (var connection = superuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Notes that this many commands were answered as posted. */
    public void accepted(long commands) {
        accepted.add(commands);
    }

    /**
     * Makes sure that no cent was made or lost, that every account's balance is the sum of its
     * entries, and that exactly what was accepted is in the books. Otherwise a measurement does not
     * count.
     */
    public void verify() throws SQLException {
        require("the sum of all entries", number("SELECT sum(amount) FROM entry"), 0);
        require("accounts whose balance is not their entries' sum", number(WRONG_BALANCES), 0);
        require("posted transactions", number(POSTED), accepted.sum());
    }

    private static void require(String what, long found, long expected) {
        if (found != expected) {
            throw new IllegalStateException(
                    "%s: %d instead of %d; the run does not count"
                            .formatted(what, found, expected));
        }
    }

    public void drop() {
        postgres.dropDatabase(database);
    }

    static Command.Header header(@Nullable IdempotencyKey key) {
        return new Command.Header(newId(), SHOP, Details.NONE, null, key);
    }

    /** A UUID of version 7 (RFC 9562). */
    public static UUID newId() {
        var random = ThreadLocalRandom.current();
        long high = (System.currentTimeMillis() << 16) | 0x7000 | random.nextInt(0x1000);
        return new UUID(high, (random.nextLong() >>> 2) | 0x8000000000000000L);
    }
}
