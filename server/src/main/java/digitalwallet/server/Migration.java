package digitalwallet.server;

import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.database.Schema;
import digitalwallet.process.settings.Environment;
import digitalwallet.process.settings.InvalidSettingException;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema brought up to date: best as a step of its own, because the owner's password is then in
 * no environment of a process that serves.
 */
final class Migration {

    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

    private Migration() {}

    /**
     * Creates or upgrades the schema, and gives the server's role its rights.
     *
     * @throws InvalidSettingException when it cannot
     */
    static void alone(Map<String, String> variables) {
        var environment =
                Environment.read(
                        WalletVariables.ALL, WalletVariables.DATABASE.ofMigration(), variables);
        var owner = WalletVariables.DATABASE.readOwner(environment);
        migrate(Settings.address(owner), WalletVariables.DATABASE.readUser(environment));
        LOG.info("the schema is up to date");
    }

    /**
     * Before the server works on it: migrates if the owner is given, otherwise only compares.
     *
     * @throws InvalidSettingException when the schema is not what it should be
     */
    static void beforeServing(Settings settings) {
        var owner = settings.owner();
        if (owner == null) {
            validate(settings.books());
            return;
        }
        settings.database().warnOfOwner();
        migrate(owner, settings.books().user());
    }

    private static void migrate(DatabaseAddress owner, String serverRole) {
        try {
            Schema.migrate(Books.dataSource(owner), serverRole);
        } catch (FlywayException e) {
            throw notReady(e, ".");
        }
    }

    private static void validate(DatabaseAddress server) {
        try {
            Schema.validate(Books.dataSource(server));
        } catch (FlywayException e) {
            throw notReady(
                    e,
                    "; to create or upgrade it, run migrate with WALLET_DATABASE_OWNER_USER and"
                            + " WALLET_DATABASE_OWNER_PASSWORD.");
        }
    }

    private static InvalidSettingException notReady(FlywayException e, String advice) {
        return new InvalidSettingException(
                "The schema in the database is not ready: "
                        + Books.firstLine(e).replaceAll("\\.$", "")
                        + advice,
                e);
    }
}
