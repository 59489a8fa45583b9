package digitalwallet.payments.server;

import com.zaxxer.hikari.HikariDataSource;
import digitalwallet.payments.store.Database;
import digitalwallet.process.settings.DatabaseSettings;
import digitalwallet.process.settings.InvalidSettingException;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to the database, whose schema is made ready first. */
record Pool(HikariDataSource source) implements AutoCloseable {

    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;
    private static final int SOCKET_TIMEOUT_SECONDS = 30;

    /**
     * Opens it.
     *
     * @throws InvalidSettingException when the schema is not ready
     */
    static Pool open(Settings settings) {
        prepareSchema(settings);
        var pool = new HikariDataSource();
        pool.setDataSource(dataSource(settings.database().role()));
        pool.setPoolName("payments");
        pool.setMaximumPoolSize(settings.database().connectionsMax());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        pool.setInitializationFailTimeout(-1);
        return new Pool(pool);
    }

    @Override
    public void close() {
        source.close();
    }

    private static void prepareSchema(Settings settings) {
        var owner = settings.database().owner();
        try {
            if (owner == null) {
                Database.validate(dataSource(settings.database().role()));
            } else {
                Database.migrate(dataSource(owner), settings.database().role().user());
            }
        } catch (FlywayException e) {
            var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new InvalidSettingException(
                    "The schema payments in the database is not ready: " + reason, e);
        }
    }

    private static DataSource dataSource(DatabaseSettings.Role role) {
        var source = new PGSimpleDataSource();
        source.setUrl(role.url());
        source.setUser(role.user());
        source.setPassword(role.password());
        source.setTcpKeepAlive(true);
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        return source;
    }
}
