package digitalwallet.ledger.database;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The schema of the books, as Flyway migrations. */
public final class Schema {

    private Schema() {}

    /**
     * Creates or upgrades the schema.
     *
     * @param owner connects as the role that owns the schema
     * @param serverRole the role the server connects as, which gets the right to insert and read
     * @throws FlywayException when the database refuses
     */
    public static void migrate(DataSource owner, String serverRole) {
        configured(owner, serverRole).migrate();
    }

    /**
     * Makes sure the schema is the one this version was built for.
     *
     * @param server connects as any role that may read the schema history
     * @throws FlywayException when it is older, newer or altered
     */
    public static void validate(DataSource server) {
        configured(server, "validation_only").validate();
    }

    private static Flyway configured(DataSource dataSource, String serverRole) {
        return Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .placeholders(Map.of("serverRole", serverRole))
                .load();
    }
}
