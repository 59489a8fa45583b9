package digitalwallet.payments.server;

import com.zaxxer.hikari.HikariDataSource;
import digitalwallet.payments.store.Database;
import digitalwallet.process.settings.DatabaseSettings;
import digitalwallet.process.settings.Environment;
import digitalwallet.process.settings.InvalidSettingException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to the database, whose schema is made ready first. */
record Pool(HikariDataSource source) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);
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

    /**
     * Creates or upgrades the schema, as a step of its own.
     *
     * @throws InvalidSettingException when it cannot
     */
    static void migrate(Map<String, String> variables) {
        var database = PaymentsVariables.DATABASE;
        var environment =
                Environment.read(PaymentsVariables.ALL, database.ofMigration(), variables);
        migrate(database.readOwner(environment), database.readUser(environment));
        LOG.info("the schema is up to date");
    }

    private static void prepareSchema(Settings settings) {
        var database = settings.database();
        var owner = database.owner();
        if (owner == null) {
            try {
                Database.validate(dataSource(database.role()));
            } catch (FlywayException e) {
                throw notReady(e);
            }
        } else {
            database.warnOfOwner();
            migrate(owner, database.role().user());
        }
    }

    private static void migrate(DatabaseSettings.Role owner, String serviceRole) {
        try {
            Database.migrate(dataSource(owner), serviceRole);
        } catch (FlywayException e) {
            throw notReady(e);
        }
    }

    private static InvalidSettingException notReady(FlywayException e) {
        var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new InvalidSettingException(
                "The schema payments in the database is not ready: " + reason, e);
    }

    private static DataSource dataSource(DatabaseSettings.Role role) {
        var source = new PGSimpleDataSource();
        source.setUrl(role.url());
        source.setUser(role.user());
        source.setPassword(role.password());
        source.setTcpKeepAlive(true);
        // The details of an error show rows, and errors are logged.
        source.setLogServerErrorDetail(false);
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        return source;
    }
}
