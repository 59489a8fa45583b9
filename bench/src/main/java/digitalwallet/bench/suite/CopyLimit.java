package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.postgresql.PGConnection;

/**
 * The limit: binary COPY of the rows that transfers make, into the same tables with the same
 * indexes, in SERIALIZABLE batches, with nothing locked, loaded or decided.
 */
final class CopyLimit {

    private static final int BATCH = 1_000;

    private static final AtomicInteger LANES = new AtomicInteger(Books.COPIED_LANES_FROM);
    private static final byte[] SIGNATURE =
            "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final String TRANSACTION =
            """
            COPY transaction (id, type, user_id, to_user_id, amount, currency, initiated_by,
                authenticated_as, role, account_ids, versions, lane, height, position, created_at,
                key_digests)
            FROM STDIN (FORMAT binary)\
            """;
    private static final String ENTRY =
            """
            COPY entry (account_id, version, transaction_id, amount, balance_after, floor, status,
                created_at) FROM STDIN (FORMAT binary)\
            """;
    private static final String KEY =
            """
            COPY idempotency (key, fingerprint, transaction_id, created_at)
            FROM STDIN (FORMAT binary)\
            """;
    private static final String BLOCK =
            """
            INSERT INTO block VALUES (?, ?, 1, ?, ?, ?, ?, 0, 0, '{5}', '{USD}', '{1000}', '{1000}',
                now())\
            """;

    private final Books books;
    private final int wallets;

    CopyLimit(Books books, int wallets) {
        this.books = books;
        this.wallets = wallets;
    }

    /** Rows of this many transfers a second go into the tables with this many writers. */
    double run(int writers, int warmUpSeconds, int seconds) throws InterruptedException {
        var written = new LongAdder();
        long begin = System.nanoTime() + warmUpSeconds * 1_000_000_000L;
        long end = begin + seconds * 1_000_000_000L;
        var threads = new Thread[writers];
        for (int i = 0; i < writers; i++) {
            threads[i] =
                    Thread.ofPlatform()
                            .start(() -> write(new Writer(writers), written, begin, end));
        }
        for (var thread : threads) {
            thread.join();
        }
        return written.sum() / (double) seconds;
    }

    private void write(Writer writer, LongAdder written, long begin, long end) {
        var address = books.address();
        try (var connection =
                DriverManager.getConnection(address.url(), address.user(), address.password())) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            while (System.nanoTime() < end) {
                writer.batch(connection);
                long now = System.nanoTime();
                if (now >= begin && now < end) {
                    written.add(BATCH);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One writer: its share of the accounts, whose versions it knows. */
    private final class Writer {

        private final int lane = LANES.incrementAndGet();
        private final int share;
        private final UUID[] accounts;
        private final long[] versions;
        private final ByteBuffer rows = ByteBuffer.allocate(1 << 20);
        private long height;

        Writer(int writers) {
            share = wallets / writers;
            accounts = new UUID[share];
            versions = new long[share];
            var random = ThreadLocalRandom.current();
            for (int i = 0; i < share; i++) {
                accounts[i] = new UUID(random.nextLong(), random.nextLong());
            }
        }

        void batch(Connection connection) throws SQLException {
            var transfers = new Transfer[BATCH];
            var random = ThreadLocalRandom.current();
            for (int i = 0; i < BATCH; i++) {
                int from = random.nextInt(share);
                int to = (from + 1 + random.nextInt(share - 1)) % share;
                transfers[i] =
                        new Transfer(Books.newId(), from, to, ++versions[from], ++versions[to], i);
            }
            height++;
            insertBlock(connection);
            rows.clear().put(SIGNATURE);
            for (var transfer : transfers) {
                transactionRow(transfer);
            }
            send(connection, TRANSACTION);
            rows.clear().put(SIGNATURE);
            for (var transfer : transfers) {
                entryRow(transfer.id(), transfer.from(), transfer.fromVersion(), -1);
                entryRow(transfer.id(), transfer.to(), transfer.toVersion(), 1);
            }
            send(connection, ENTRY);
            rows.clear().put(SIGNATURE);
            for (var transfer : transfers) {
                rows.putShort((short) 4);
                uuid(new UUID(random.nextLong(), random.nextLong()));
                uuid(transfer.id());
                uuid(transfer.id());
                int8(System.currentTimeMillis() * 1000);
            }
            send(connection, KEY);
            connection.commit();
        }

        private void transactionRow(Transfer transfer) {
            rows.putShort((short) 16);
            uuid(transfer.id());
            rows.putInt(2).putShort((short) 5);
            text(Books.user(transfer.from()));
            text(Books.user(transfer.to()));
            int8(1);
            text("USD");
            text("shop");
            text("shop");
            text("system");
            rows.putInt(60).putInt(1).putInt(0).putInt(2950).putInt(2).putInt(1);
            uuid(accounts[transfer.from()]);
            uuid(accounts[transfer.to()]);
            rows.putInt(44).putInt(1).putInt(0).putInt(20).putInt(2).putInt(1);
            int8(transfer.fromVersion());
            int8(transfer.toVersion());
            rows.putInt(4).putInt(lane);
            int8(height);
            rows.putInt(4).putInt(transfer.position());
            int8(System.currentTimeMillis() * 1000);
            // As wide as the digest of a key.
            uuid(transfer.id());
        }

        private void entryRow(UUID transaction, int account, long version, long amount) {
            rows.putShort((short) 8);
            uuid(accounts[account]);
            int8(version);
            uuid(transaction);
            int8(amount);
            int8(1_000_000_000);
            int8(0);
            rows.putInt(2).putShort((short) 1);
            int8(System.currentTimeMillis() * 1000);
        }

        private void insertBlock(Connection connection) throws SQLException {
            try (var statement = connection.prepareStatement(BLOCK)) {
                statement.setInt(1, lane);
                statement.setLong(2, height);
                statement.setBytes(3, new byte[32]);
                statement.setBytes(4, new byte[32]);
                statement.setInt(5, BATCH);
                statement.setInt(6, 2 * BATCH);
                statement.executeUpdate();
            }
        }

        private void send(Connection connection, String copyStatement) throws SQLException {
            rows.putShort((short) -1);
            var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copyStatement);
            copy.writeToCopy(rows.array(), 0, rows.position());
            copy.endCopy();
        }

        private void uuid(UUID value) {
            rows.putInt(16)
                    .putLong(value.getMostSignificantBits())
                    .putLong(value.getLeastSignificantBits());
        }

        private void int8(long value) {
            rows.putInt(8).putLong(value);
        }

        private void text(String value) {
            var bytes = value.getBytes(StandardCharsets.UTF_8);
            rows.putInt(bytes.length).put(bytes);
        }
    }

    private record Transfer(
            UUID id, int from, int to, long fromVersion, long toVersion, int position) {}
}
