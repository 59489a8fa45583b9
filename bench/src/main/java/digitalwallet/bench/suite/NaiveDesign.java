package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a competent team writes first: one SERIALIZABLE transaction per transfer, rows locked in
 * order with FOR UPDATE, balances updated in place with a version check, a unique key, two entries.
 */
final class NaiveDesign {

    private static final String SCHEMA =
            """
            CREATE SCHEMA IF NOT EXISTS naive;
            CREATE TABLE IF NOT EXISTS naive.account (id bigint PRIMARY KEY, balance bigint NOT NULL
                CHECK (balance >= 0), version bigint NOT NULL);
            CREATE TABLE IF NOT EXISTS naive.transfer (id uuid PRIMARY KEY, key uuid UNIQUE NOT NULL,
                from_id bigint NOT NULL, to_id bigint NOT NULL, amount bigint NOT NULL,
                initiated_by text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE IF NOT EXISTS naive.entry (account_id bigint NOT NULL, version bigint NOT NULL,
                transfer_id uuid NOT NULL, amount bigint NOT NULL, balance_after bigint NOT NULL,
                PRIMARY KEY (account_id, version));
            TRUNCATE naive.account, naive.transfer, naive.entry;
            """;
    private static final String LOCK =
            "SELECT id, balance, version FROM naive.account WHERE id IN (?, ?) ORDER BY id FOR"
                    + " UPDATE";
    private static final String RECORD =
            """
            INSERT INTO naive.transfer (id, key, from_id, to_id, amount, initiated_by)
            VALUES (?, ?, ?, ?, ?, 'shop')\
            """;
    private static final String UPDATE =
            """
            UPDATE naive.account SET balance = ?, version = version + 1
            WHERE id = ? AND version = ?\
            """;
    private static final String ENTRY = "INSERT INTO naive.entry VALUES (?, ?, ?, ?, ?)";

    private final String url;
    private final Books books;
    private final int wallets;

    /**
     * The design in the database of these books.
     *
     * @param url where its connections go: the database itself, or a proxy in front of it
     */
    NaiveDesign(Books books, String url, int wallets) {
        this.books = books;
        this.url = url;
        this.wallets = wallets;
    }

    /** Creates and fills its tables. */
    void prepare() throws SQLException {
        try (var connection = books.superuser();
                var statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            statement.execute(
                    "INSERT INTO naive.account SELECT g, 1000000000, 0 FROM generate_series(1, %d) g"
                            .formatted(wallets));
            statement.execute("GRANT USAGE ON SCHEMA naive TO PUBLIC");
            statement.execute("GRANT ALL ON ALL TABLES IN SCHEMA naive TO PUBLIC");
        }
        books.settle();
    }

    /** Transfers per second with this many connections. */
    double run(int connections, int warmUpSeconds, int seconds) throws InterruptedException {
        var done = new LongAdder();
        long begin = System.nanoTime() + warmUpSeconds * 1_000_000_000L;
        long end = begin + seconds * 1_000_000_000L;
        var threads = new Thread[connections];
        for (int i = 0; i < connections; i++) {
            threads[i] = Thread.ofPlatform().start(() -> loop(done, begin, end));
        }
        for (var thread : threads) {
            thread.join();
        }
        return done.sum() / (double) seconds;
    }

    private void loop(LongAdder done, long begin, long end) {
        try (var connection = connect()) {
            while (System.nanoTime() < end) {
                transfer(connection);
                long now = System.nanoTime();
                if (now >= begin && now < end) {
                    done.increment();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection as the design uses it. */
    Connection connect() throws SQLException {
        var address = books.address();
        var connection = DriverManager.getConnection(url, address.user(), address.password());
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        return connection;
    }

    /** One random transfer, repeated until the database lets it through. */
    void transfer(Connection connection) throws SQLException {
        var random = ThreadLocalRandom.current();
        long from = random.nextLong(1, wallets);
        long to = from + random.nextLong(1, wallets - from + 1);
        while (true) {
            try {
                attempt(connection, from, to, random.nextInt(1, 100));
                return;
            } catch (SQLException e) {
                connection.rollback();
                if (!"40001".equals(e.getSQLState()) && !"40P01".equals(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    private static void attempt(Connection connection, long from, long to, long amount)
            throws SQLException {
        var balances = new long[2];
        var versions = new long[2];
        try (var lock = connection.prepareStatement(LOCK)) {
            lock.setLong(1, from);
            lock.setLong(2, to);
            try (var rows = lock.executeQuery()) {
                for (int i = 0; rows.next(); i++) {
                    balances[i] = rows.getLong(2);
                    versions[i] = rows.getLong(3);
                }
            }
        }
        var id = Books.newId();
        try (var record = connection.prepareStatement(RECORD)) {
            record.setObject(1, id);
            record.setObject(2, UUID.randomUUID());
            record.setLong(3, from);
            record.setLong(4, to);
            record.setLong(5, amount);
            record.executeUpdate();
        }
        change(connection, id, from, versions[0], balances[0] - amount, -amount);
        change(connection, id, to, versions[1], balances[1] + amount, amount);
        connection.commit();
    }

    private static void change(
            Connection connection, UUID id, long account, long version, long balance, long amount)
            throws SQLException {
        try (var update = connection.prepareStatement(UPDATE)) {
            update.setLong(1, balance);
            update.setLong(2, account);
            update.setLong(3, version);
            if (update.executeUpdate() != 1) {
                throw new SQLException("stale version", "40001");
            }
        }
        try (var entry = connection.prepareStatement(ENTRY)) {
            entry.setLong(1, account);
            entry.setLong(2, version + 1);
            entry.setObject(3, id);
            entry.setLong(4, amount);
            entry.setLong(5, balance);
            entry.executeUpdate();
        }
    }
}
