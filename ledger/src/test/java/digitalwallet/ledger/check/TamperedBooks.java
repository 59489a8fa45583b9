package digitalwallet.ledger.check;

import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** A copy of some books in the hands of a superuser, who has dropped what stood in the way. */
final class TamperedBooks implements AutoCloseable {

    private static final AtomicInteger COPIES = new AtomicInteger();
    private static final String DROP_CONSTRAINTS =
            """
            DO $$
            DECLARE c record;
            BEGIN
                FOR c IN SELECT conrelid::regclass AS of_table, conname FROM pg_constraint
                         WHERE contype = 'c' AND conrelid <> 0 AND coninhcount = 0
                           AND connamespace = 'public'::regnamespace
                LOOP
                    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.of_table, c.conname);
                END LOOP;
            END $$\
            """;

    private final LocalPostgres postgres = LocalPostgres.shared(PostgresVersion.V18);
    private final String database;

    private TamperedBooks(EngineFixture books) {
        database = books.database() + "_copy_" + COPIES.incrementAndGet();
    }

    static TamperedBooks copyOf(EngineFixture books) throws SQLException {
        var copy = new TamperedBooks(books);
        try (var connection = copy.superuser("postgres");
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE DATABASE %s TEMPLATE %s".formatted(copy.database, books.database()));
        }
        return copy;
    }

    /** Runs a statement and returns the first thing it returns: what a check must name. */
    String alter(String sql) throws SQLException {
        try (var connection = superuser(database);
                var statement = connection.createStatement()) {
            statement.execute(DROP_CONSTRAINTS);
            try (var rows = statement.executeQuery(sql)) {
                if (!rows.next()) {
                    throw new IllegalArgumentException("nothing was altered by " + sql);
                }
                return rows.getString(1);
            }
        }
    }

    PGSimpleDataSource dataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.jdbcUrl(database));
        dataSource.setUser(postgres.serverUser());
        dataSource.setPassword(postgres.serverPassword());
        return dataSource;
    }

    /** What Verify is told, with the right to read only. */
    Map<String, String> environment() {
        return Map.of(
                "WALLET_DATABASE_URL", postgres.jdbcUrl(database),
                "WALLET_DATABASE_USER", postgres.readerUser(),
                "WALLET_DATABASE_PASSWORD", postgres.readerPassword());
    }

    private Connection superuser(String name) throws SQLException {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.jdbcUrl(name));
        return dataSource.getConnection(postgres.superuser(), postgres.superuserPassword());
    }

    @Override
    public void close() throws SQLException {
        try (var connection = superuser("postgres");
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + database + " WITH (FORCE)");
        }
    }
}
