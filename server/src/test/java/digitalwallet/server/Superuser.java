package digitalwallet.server;

import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** The superuser in one database. */
final class Superuser {

    private final PGSimpleDataSource source;

    /** A transaction that has begun; it ends without effect when it is closed. */
    record Held(Connection connection) implements AutoCloseable {

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** In this database, whose user and password are replaced. */
    Superuser(PGSimpleDataSource source) {
        var postgres = LocalPostgres.shared(PostgresVersion.V18);
        source.setUser(postgres.superuser());
        source.setPassword(postgres.superuserPassword());
        this.source = source;
    }

    /** Runs statements. */
    void alter(String sql) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins a transaction with this statement. */
    Held hold(String sql) {
        try {
            var connection = source.getConnection();
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
            return new Held(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
