package digitalwallet.ledger.lane;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.database.QueuePosition;
import digitalwallet.ledger.database.Schema;
import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.publishing.FreshBlocks;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A fresh database of books, engines on it, and words for commands. */
public final class EngineFixture {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    public static final CurrencyCode USD = CurrencyCode.of("USD");
    public static final Limits LIMITS = new Limits(new BigDecimal("1000000000.00"));

    /** What checks of the books seal their notes with. */
    public static final DigestKey DIGEST_KEY = new DigestKey(new byte[32]);

    private static final long FRESH_BYTES_MAX = 50_000_000;

    private final LocalPostgres postgres;
    private final String database;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FreshBlocks fresh = new FreshBlocks(FRESH_BYTES_MAX, registry);

    private EngineFixture(LocalPostgres postgres, String database) {
        this.postgres = postgres;
        this.database = database;
    }

    /** Migrated, empty books on the PostgreSQL that all tests of this JVM share. */
    public static EngineFixture books(PostgresVersion version) {
        return books(LocalPostgres.shared(version));
    }

    /** Migrated, empty books on this PostgreSQL. */
    public static EngineFixture books(LocalPostgres postgres) {
        var database = "books_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        postgres.createDatabase(database);
        var fixture = new EngineFixture(postgres, database);
        Schema.migrate(
                fixture.dataSource(postgres.ownerUser(), postgres.ownerPassword()),
                postgres.serverUser());
        return fixture;
    }

    /** Books that somebody else has made. */
    public static EngineFixture existing(LocalPostgres postgres, String database) {
        return new EngineFixture(postgres, database);
    }

    public DatabaseAddress address() {
        return address(postgres.jdbcUrl(database));
    }

    public DatabaseAddress address(String url) {
        return new DatabaseAddress(url, postgres.serverUser(), postgres.serverPassword());
    }

    public PGSimpleDataSource dataSource() {
        return dataSource(postgres.serverUser(), postgres.serverPassword());
    }

    public PGSimpleDataSource superuserDataSource() {
        return dataSource(postgres.superuser(), postgres.superuserPassword());
    }

    public String database() {
        return database;
    }

    public SimpleMeterRegistry registry() {
        return registry;
    }

    /** What the engines of this fixture have just posted. */
    public FreshBlocks fresh() {
        return fresh;
    }

    public PostingEngine engine(int lanes) {
        return engine(settings(lanes));
    }

    /** A position that is known now to be the newest. */
    public static QueuePosition at(long offset) {
        return new QueuePosition(offset, Instant.now());
    }

    /** The usual settings. */
    public static EngineSettings settings(int lanes) {
        return EngineSettings.of(lanes, 100_000, DIGEST_KEY, LIMITS);
    }

    public PostingEngine engine(EngineSettings settings) {
        return engine(settings, address());
    }

    public PostingEngine engine(EngineSettings settings, DatabaseAddress address) {
        var engine =
                PostingEngine.start(settings, address, InstantSource.system(), fresh, registry);
        Awaitility.await()
                .atMost(5, TimeUnit.MINUTES)
                .until(() -> engine.servingLanes() == settings.lanes());
        return engine;
    }

    /** One number of the books, read as the superuser. */
    public long number(String sql) {
        try (var connection = superuserDataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The ids that a query returns, read as the superuser. */
    public Set<UUID> ids(String sql) {
        try (var connection = superuserDataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var ids = new HashSet<UUID>();
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What all wallets hold, by user and currency: {@code alice/USD}. */
    public Map<String, Money> balances() {
        var sql =
                """
                SELECT DISTINCT ON (a.id) a.owner, a.currency, e.balance_after
                FROM account a JOIN entry e ON e.account_id = a.id WHERE a.kind = 2
                ORDER BY a.id, e.version DESC\
                """;
        try (var connection = superuserDataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var balances = new HashMap<String, Money>();
            while (rows.next()) {
                var currency = CurrencyCode.of(rows.getString(2));
                balances.put(
                        rows.getString(1) + "/" + currency, new Money(rows.getLong(3), currency));
            }
            return balances;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(database), postgres.serverUser(), postgres.serverPassword());
    }

    private PGSimpleDataSource dataSource(String user, String password) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.jdbcUrl(database));
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }

    public static Money usd(long cents) {
        return new Money(cents, USD);
    }

    public static Command.Header header(@Nullable IdempotencyKey key) {
        return new Command.Header(
                newId(), new Initiator("shop", "shop", "system"), Details.NONE, null, key);
    }

    public static Command deposit(String user, long cents) {
        return new Command.Deposit(header(null), user, usd(cents));
    }

    /** A deposit of a cent with these labels. */
    public static Command deposit(String user, SortedMap<String, String> labels) {
        var header =
                new Command.Header(
                        newId(),
                        new Initiator("shop", "shop", "system"),
                        new Details(UUID.randomUUID(), null, null, null, labels),
                        null,
                        null);
        return new Command.Deposit(header, user, usd(1));
    }

    public static Command withdraw(String user, long cents) {
        return new Command.Withdraw(header(null), user, usd(cents));
    }

    public static Command transfer(String from, String to, long cents) {
        return new Command.Transfer(header(null), from, to, usd(cents));
    }

    /** The same command under a caller's key. */
    public static Command keyed(Command command, String key) {
        return command.withKey(IdempotencyKey.of("shop", key, command.fingerprint()));
    }

    public static <T> T await(CompletableFuture<T> answer) {
        return answer.orTimeout(5, TimeUnit.MINUTES).join();
    }

    /** Waits for something that must come about, however slow the machine is. */
    public static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .atMost(5, TimeUnit.MINUTES)
                .until(condition);
    }

    /** Waits for the next message of a feed that is refused. */
    public static Feed.Refusal awaitRefusal(Feed feed) {
        var found = new ArrayList<Feed.Refusal>();
        until(
                () -> {
                    var refusal = feed.nextRefusal();
                    return refusal != null && found.add(refusal);
                });
        return found.getFirst();
    }

    public static Outcome.Posted posted(CompletableFuture<Outcome> answer) {
        return (Outcome.Posted) await(answer);
    }

    /** A UUID of version 7 (RFC 9562): milliseconds, then random bits. */
    public static UUID newId() {
        var random = ThreadLocalRandom.current();
        long high = (System.currentTimeMillis() << 16) | 0x7000 | random.nextInt(0x1000);
        return new UUID(high, (random.nextLong() >>> 2) | 0x8000000000000000L);
    }
}
