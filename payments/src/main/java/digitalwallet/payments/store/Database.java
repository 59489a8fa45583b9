package digitalwallet.payments.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The service's own database. */
public final class Database {

    private static final String SCHEMA = "payments";

    private final DataSource source;
    private final JdbcClient sql;
    private final TransactionTemplate transactions;

    /** On this pool, with the role that reads and writes. */
    public Database(DataSource source) {
        this.source = source;
        this.sql = JdbcClient.create(source);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    /**
     * Creates or upgrades the schema.
     *
     * @param owner connects as the role that owns the schema
     * @param serviceRole gets the right to read and write
     */
    public static void migrate(DataSource owner, String serviceRole) {
        schema(owner, serviceRole).migrate();
    }

    /** Makes sure that the schema is the one this version was built for. */
    public static void validate(DataSource service) {
        schema(service, "validation_only").validate();
    }

    private static Flyway schema(DataSource source, String serviceRole) {
        return Flyway.configure()
                .dataSource(source)
                .schemas(SCHEMA)
                .createSchemas(false)
                .locations("classpath:payments/migration")
                .placeholders(Map.of("serviceRole", serviceRole))
                .load();
    }

    /** Does all of it or nothing. */
    public <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(_ -> work.get()));
    }

    /** Does all of it or nothing. */
    public void inTransactionDo(Runnable work) {
        transactions.executeWithoutResult(_ -> work.run());
    }

    /** Fails when the database is away. */
    public void ping() {
        sql.sql("SELECT 1").query(Integer.class).single();
    }

    /** For connections that are held longer than a transaction. */
    public DataSource source() {
        return source;
    }

    JdbcClient sql() {
        return sql;
    }

    static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime utcOrNull(@Nullable Instant time) {
        return time == null ? null : utc(time);
    }
}
