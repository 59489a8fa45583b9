package digitalwallet.server;

import com.zaxxer.hikari.HikariDataSource;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.database.LedgerDatabase;
import digitalwallet.ledger.lane.EngineSettings;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.ledger.publishing.FreshBlocks;
import digitalwallet.process.clock.DatabaseClock;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.SecretFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database and the engine on it: opened before anything listens, closed after everything else.
 */
record Books(
        HikariDataSource dataSource,
        DigestKey digestKey,
        DatabaseClock clock,
        PostingEngine engine,
        FreshBlocks fresh)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Books.class);
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;
    private static final int SOCKET_TIMEOUT_SECONDS = 30;

    /** Some seconds at full speed, in a heap of 344 MiB. */
    private static final long FRESH_BYTES_MAX = Runtime.getRuntime().maxMemory() / 10;

    /**
     * Migrates or validates the schema and starts the lanes, which go by the database's time.
     *
     * @param own the machine's clock
     * @throws InvalidSettingException when the database or the key is not what it should be
     */
    static Books open(Settings settings, InstantSource own, MeterRegistry registry) {
        var digestKey = SecretFile.read("digest key", settings.digestKeyFile(), DigestKey::new);
        Migration.beforeServing(settings);
        var pool = pool(settings);
        try {
            var database = new LedgerDatabase(settings.books());
            if (!database.isKeyOfTheBooks(digestKey)) {
                throw new InvalidSettingException(
                        "The books were made with another digest key than the one in "
                                + settings.digestKeyFile()
                                + ".");
            }
            var clock = DatabaseClock.start(own, pool, "wallet", registry);
            var fresh = new FreshBlocks(FRESH_BYTES_MAX, registry);
            var engine =
                    PostingEngine.start(
                            engineSettings(settings.engine(), database.lockTableSize(), digestKey),
                            settings.books(),
                            clock,
                            fresh,
                            registry);
            return new Books(pool, digestKey, clock, engine, fresh);
        } catch (SQLException e) {
            pool.close();
            throw unreachable(settings.books(), e);
        }
    }

    @Override
    public void close() {
        engine.close();
        clock.close();
        dataSource.close();
    }

    private static EngineSettings engineSettings(
            Settings.Engine settings, long lockTableSize, DigestKey key) {
        var engine =
                EngineSettings.of(settings.lanes(), lockTableSize, key, settings.limits())
                        .withQueueLengthMax(settings.queueLengthMax());
        LOG.info(
                "{} lanes, batches of at most {} commands and {} locks; the database has {} locks",
                engine.lanes(),
                engine.batchCommandsMax(),
                engine.batchLocksMax(),
                lockTableSize);
        return engine;
    }

    private static HikariDataSource pool(Settings settings) {
        var pool = new HikariDataSource();
        var source = dataSource(settings.books());
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        pool.setDataSource(source);
        pool.setPoolName("queries");
        pool.setReadOnly(false);
        pool.setMaximumPoolSize(settings.database().connectionsMax());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    static PGSimpleDataSource dataSource(DatabaseAddress address) {
        var source = new PGSimpleDataSource();
        source.setUrl(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setTcpKeepAlive(true);
        // The details of an error show rows, and errors are logged.
        source.setLogServerErrorDetail(false);
        return source;
    }

    private static InvalidSettingException unreachable(DatabaseAddress address, SQLException e) {
        return new InvalidSettingException(
                "The database " + address + " cannot be used: " + firstLine(e) + ".", e);
    }

    static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason is given");
    }
}
